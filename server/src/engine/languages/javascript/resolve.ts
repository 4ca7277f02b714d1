/** Where import specifiers lead. */
import type { ImportTarget, ProjectFiles } from '../language.js';

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.vue', '.svelte'];

/** A relative path leads to a file, anything else to a library. */
export function resolveImport(specifier: string, from: string, project: ProjectFiles): ImportTarget {
  if (specifier.startsWith('.')) {
    const folder = from.split('/').slice(0, -1);
    for (const part of specifier.split('/')) {
      if (part === '..') {
        folder.pop();
      } else if (part !== '.' && part !== '') {
        folder.push(part);
      }
    }
    const path = folder.join('/');
    const found = [path, ...ENDINGS.map((e) => path + e), ...ENDINGS.map((e) => `${path}/index${e}`)].find((one) =>
      project.has(one),
    );
    return found === undefined ? { kind: 'unresolved' } : { kind: 'files', paths: [found] };
  }
  return { kind: 'library', module: specifier.replace(/^node:/, '') };
}
