/** `authlens baseline`: accept what is there today, with a reason; what comes later is held against it. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { relativePath, repositoryTop, systemMessage } from '../hosts/files.js';
import { findingsOf } from '../report/report.js';
import { BASELINE_PATH, type BaselineEntry, parseBaseline, writeBaseline } from '../review/baseline.js';
import { type Context, reportFor } from './check.js';
import type { CheckOptions } from './options.js';
import { UsageError } from './terminal.js';

/** Adds the open findings of some paths to the repository's baseline. */
export async function baseline(context: Context, options: CheckOptions, reason: string): Promise<number> {
  const { terminal } = context;
  if (reason.trim() === '') throw new UsageError('--reason: say why the findings are accepted');
  const folder = (await repositoryTop(terminal.cwd)) ?? terminal.cwd;
  const file = join(folder, BASELINE_PATH);
  const before = existing(file, relativePath(terminal.cwd, file));
  const report = await reportFor(context, options);
  const open = findingsOf(report).filter(({ finding }) => finding.accepted === null);
  const added = open.map(({ finding }): BaselineEntry => {
    const path = relativePath(folder, join(terminal.cwd, finding.path));
    return { fingerprint: finding.fingerprint, rule: finding.rule, path, reason: reason.trim() };
  });
  try {
    writeWhole(file, writeBaseline([...before, ...added]));
  } catch (error) {
    throw new UsageError(`${relativePath(terminal.cwd, file)}: ${systemMessage(error)}`);
  }
  const words = added.length === 1 ? '1 finding' : `${added.length} findings`;
  terminal.print(`${words} accepted in ${relativePath(terminal.cwd, file)}\n`);
  return report.errors.length > 0 ? 2 : 0;
}

function existing(file: string, shown: string): readonly BaselineEntry[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new UsageError(`${shown}: ${systemMessage(error)}`);
  }
  const read = parseBaseline(text);
  // Nobody's reasons are lost by being written over.
  if (read.kind === 'corrupt') throw new UsageError(`${shown}: ${read.message}`);
  return read.entries;
}

/** Never leaves half a file behind. */
function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}.tmp`;
  writeFileSync(half, text);
  renameSync(half, file);
}
