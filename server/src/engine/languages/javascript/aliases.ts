/** Names for folders: what `tsconfig.json` maps, and the habits of frameworks that generate it. */
import type { ProjectFiles } from '../language.js';
import { filesAt } from './candidates.js';
import { at, entriesOf, type Json, manifest, textsOf } from './manifests.js';
import { folderOf, join, upwards } from './paths.js';

const CONFIGURATIONS = ['tsconfig.json', 'jsconfig.json', 'tsconfig.app.json', 'tsconfig.base.json'];
const MAX_EXTENDS = 8;

/** Files that an alias of the nearest configurations leads to. */
export function filesByConfiguration(specifier: string, from: string, project: ProjectFiles): readonly string[] {
  for (const folder of upwards(folderOf(from))) {
    for (const name of CONFIGURATIONS) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const found = firstFiles(mappedBy(path, specifier, project, 0), project);
      if (found.length > 0) {
        return found;
      }
    }
  }
  return [];
}

/** The paths that one configuration, or what it extends, maps a specifier to. */
function mappedBy(path: string, specifier: string, project: ProjectFiles, level: number): readonly string[] {
  const json = manifest(path, project);
  if (json === undefined || level > MAX_EXTENDS) {
    return [];
  }
  const folder = folderOf(path);
  const [baseUrl] = textsOf(at(json, 'compilerOptions', 'baseUrl'));
  const base = baseUrl === undefined ? undefined : join(folder, withoutConfigDir(baseUrl));
  const mapped = mapPattern(at(json, 'compilerOptions', 'paths'), specifier).flatMap((target) => {
    const joined = join(base ?? folder, withoutConfigDir(target));
    return joined === undefined ? [] : [joined];
  });
  const below = base === undefined ? undefined : join(base, specifier);
  const extended = textsOf(at(json, 'extends')).flatMap((other) => {
    const target = other.startsWith('.') ? join(folder, other.endsWith('.json') ? other : `${other}.json`) : undefined;
    return target === undefined ? [] : mappedBy(target, specifier, project, level + 1);
  });
  return [...mapped, ...(below === undefined ? [] : [below]), ...extended];
}

function withoutConfigDir(path: string): string {
  return path.replace(/^\$\{configDir\}\/?/, './');
}

/** What a table of patterns (each with at most one `*`) says of a name: the longest prefix counts. */
export function mapPattern(table: Json, name: string): readonly string[] {
  let best: { readonly length: number; readonly targets: readonly string[] } | undefined;
  for (const [pattern, value] of entriesOf(table)) {
    const star = pattern.indexOf('*');
    const prefix = star === -1 ? pattern : pattern.slice(0, star);
    const suffix = star === -1 ? '' : pattern.slice(star + 1);
    const matches =
      star === -1
        ? name === pattern
        : name.length >= prefix.length + suffix.length && name.startsWith(prefix) && name.endsWith(suffix);
    const length = star === -1 ? Number.POSITIVE_INFINITY : prefix.length;
    if (matches && (best === undefined || length > best.length)) {
      const middle = star === -1 ? '' : name.slice(prefix.length, name.length - suffix.length);
      best = { length, targets: textsOf(value).map((target) => target.replace('*', () => middle)) };
    }
  }
  return best?.targets ?? [];
}

/** Prefixes that frameworks map by themselves, and the folders that they may mean. */
const HABITS: readonly (readonly [string, readonly string[]])[] = [
  ['@/', ['src', '', 'app']],
  ['~/', ['app', 'src', '']],
  ['~~/', ['']],
  ['@@/', ['']],
  ['$lib/', ['src/lib']],
  ['src/', ['src']],
];

/** Files that a framework's own alias leads to: `@/`, `~/`, `$lib/`. */
export function filesByHabit(specifier: string, from: string, project: ProjectFiles): readonly string[] {
  for (const [prefix, folders] of HABITS) {
    if (specifier.startsWith(prefix) || specifier === prefix.slice(0, -1)) {
      const rest = specifier.slice(prefix.length);
      const paths = upwards(folderOf(from)).flatMap((root) =>
        folders.flatMap((folder) => join(join(root, folder) ?? '', rest) ?? []),
      );
      return firstFiles(paths, project);
    }
  }
  return [];
}

/** Whether a specifier can only be an alias: no library is called so. */
export function looksLikeAlias(specifier: string): boolean {
  return /^(?:@\/|~|@@\/|\$lib(?:\/|$))/.test(specifier);
}

function firstFiles(paths: readonly string[], project: ProjectFiles): readonly string[] {
  for (const path of paths) {
    const found = filesAt(path, project);
    if (found.length > 0) {
      return found;
    }
  }
  return [];
}
