/** From a path as an import writes it to the file that is there. */
import type { ProjectFiles } from '../language.js';
import { at, manifest, textsOf } from './manifests.js';
import { join } from './paths.js';

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.vue', '.svelte'];

/** What an import's `.js` may be in the source. */
const WRITTEN_FOR: readonly (readonly [string, readonly string[]])[] = [
  ['.js', ['.ts', '.tsx']],
  ['.jsx', ['.tsx']],
  ['.mjs', ['.mts']],
  ['.cjs', ['.cts']],
];

/** React Native picks one of these; each may be the one. */
const PLATFORMS = ['.native', '.ios', '.android', '.web'];

/** The files that a path without, with, or with a compiled file's ending stands for. Empty if there are none. */
export function filesAt(path: string | undefined, project: ProjectFiles): readonly string[] {
  if (path === undefined) {
    return [];
  }
  const file = fileAt(path, project);
  if (file !== undefined) {
    return [file];
  }
  return PLATFORMS.flatMap((platform) => {
    const found = ENDINGS.map((ending) => path + platform + ending).find((one) => project.has(one));
    return found === undefined ? [] : [found];
  });
}

function fileAt(path: string, project: ProjectFiles): string | undefined {
  for (const [written, sources] of WRITTEN_FOR) {
    if (path.endsWith(written)) {
      const stem = path.slice(0, -written.length);
      const source = sources.map((ending) => stem + ending).find((one) => project.has(one));
      if (source !== undefined) {
        return source;
      }
    }
  }
  if (path !== '' && project.has(path)) {
    return path;
  }
  if (path !== '') {
    const file = ENDINGS.map((ending) => path + ending).find((one) => project.has(one));
    if (file !== undefined) {
      return file;
    }
  }
  return indexOf(path, project) ?? mainOf(path, project);
}

function indexOf(folder: string, project: ProjectFiles): string | undefined {
  const prefix = folder === '' ? 'index' : `${folder}/index`;
  return ENDINGS.map((ending) => prefix + ending).find((one) => project.has(one));
}

/** A folder with its own `package.json`. */
function mainOf(folder: string, project: ProjectFiles): string | undefined {
  const [main] = textsOf(at(manifest(join(folder, 'package.json') ?? '', project), 'main'));
  const path = main === undefined ? undefined : join(folder, main);
  return path === undefined || path === folder
    ? undefined
    : [path, ...ENDINGS.map((ending) => path + ending)].find((one) => project.has(one));
}
