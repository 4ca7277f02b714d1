/** The baselines among the inputs: which entries hold for which file. */
import type { FileError } from '../report/report.js';
import { type BaselineEntry, folderOfBaseline, parseBaseline } from '../review/baseline.js';
import type { Inputs } from './inputs.js';

export interface Baselines {
  readonly errors: readonly FileError[];
  /** The entries of every baseline whose folder holds a file. */
  entriesFor(path: string): readonly BaselineEntry[];
}

/** Reads every baseline. One that is corrupt accepts nothing, and is told. */
export function readBaselines(inputs: Inputs): Baselines {
  const read = inputs.files.flatMap(({ path, text }) => {
    const folder = folderOfBaseline(path);
    return folder === undefined ? [] : [{ path, folder, file: parseBaseline(text) }];
  });
  return {
    errors: read.flatMap(({ path, file }) => (file.kind === 'corrupt' ? [{ path, message: file.message }] : [])),
    entriesFor: (path) =>
      read.flatMap(({ folder, file }) => {
        return file.kind === 'baseline' && isWithin(folder, path) ? file.entries : [];
      }),
  };
}

/** `../` folders hold everything below the working directory. */
function isWithin(folder: string, path: string): boolean {
  return path.startsWith(folder) || /^(?:\.\.\/)+$/.test(folder);
}
