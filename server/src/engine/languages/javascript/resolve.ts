/**
 * Where import specifiers lead: to a file of the workspace by its path, by an alias or by a package's name; else to a
 * library, which is called as its registry calls it.
 */
import type { ImportTarget, ProjectFiles } from '../language.js';
import { filesByConfiguration, filesByHabit, looksLikeAlias, mapPattern } from './aliases.js';
import { filesAt } from './candidates.js';
import { at, manifest } from './manifests.js';
import { folderOf, join, upwards } from './paths.js';
import { filesOfPackage, filesOfPackageImports } from './workspace-packages.js';

/** Where a specifier leads, as seen from the file `from`. */
export function resolve(specifier: string, from: string, project: ProjectFiles): ImportTarget {
  // Bundlers take orders behind the path: `./worker?url`, `./logo.svg#icon`.
  const name = specifier.replace(/(?<=.)[?#].*$/, '');
  if (/^\.{0,2}\//.test(name) || name === '.' || name === '..') {
    return files(name.startsWith('/') ? fromRoot(name, from, project) : filesAt(join(folderOf(from), name), project));
  }
  const external = libraryByAddress(name);
  if (external !== undefined) {
    return { kind: 'library', module: external };
  }
  const found = [filesOfPackageImports, filesByConfiguration, filesByHabit]
    .map((search) => search(name, from, project))
    .find((paths) => paths.length > 0);
  if (found !== undefined) {
    return files(found);
  }
  if (looksLikeAlias(name)) {
    return { kind: 'unresolved' };
  }
  const mapped = importMap(name, from, project);
  if (mapped !== undefined && mapped !== name) {
    return mapped.startsWith('.') ? files(filesAt(join('', mapped), project)) : resolve(mapped, '', NO_FILES);
  }
  const own = filesOfPackage(name, from, project);
  return own === undefined ? { kind: 'library', module: name } : files(own);
}

function files(paths: readonly string[]): ImportTarget {
  return paths.length === 0 ? { kind: 'unresolved' } : { kind: 'files', paths };
}

/** `/src/main.ts` begins at the folder that is served: one of those that the file is in. */
function fromRoot(path: string, from: string, project: ProjectFiles): readonly string[] {
  for (const folder of upwards(folderOf(from))) {
    const found = filesAt(join(folder, path), project);
    if (found.length > 0) {
      return found;
    }
  }
  return [];
}

/** `node:crypto`, `npm:jose@5/jwt`, `jsr:@hono/hono`, `https://esm.sh/jose@5`: the library without the way to it. */
function libraryByAddress(specifier: string): string | undefined {
  const scheme = /^(node|npm|jsr|bun|https?):\/{0,2}(.+)$/.exec(specifier);
  const [, kind, rest] = scheme ?? [];
  if (kind === undefined || rest === undefined) {
    return undefined;
  }
  if (kind === 'node') {
    return rest;
  }
  if (kind === 'bun') {
    return specifier;
  }
  const path = kind.startsWith('http') ? rest.replace(/^[^/]+\//, '').replace(/^(?:v\d+|x|npm|gh)\//, '') : rest;
  const library = path.replace(/^\//, '').replace(/^((?:@[^/@]+\/)?[^/@]+)@[^/]+/, '$1');
  // `djwt/mod.ts` of deno.land is the library itself.
  return library.replace(/\/(?:mod|index)\.[jt]s$/, '').replace(/\/\+esm$/, '');
}

const NO_FILES: ProjectFiles = { has: () => false, under: () => [], manifest: () => undefined };

/** What Deno's import map says of a name. */
function importMap(name: string, from: string, project: ProjectFiles): string | undefined {
  for (const folder of upwards(folderOf(from))) {
    for (const file of ['deno.json', 'deno.jsonc', 'import_map.json']) {
      const table = at(manifest(join(folder, file) ?? '', project), 'imports');
      const exact = mapPattern(table, name)[0] ?? mapPrefix(table, name);
      if (exact !== undefined) {
        return exact.startsWith('.') ? `./${join(folder, exact) ?? ''}` : exact;
      }
    }
  }
  return undefined;
}

/** An import map's entry that ends in `/` stands for all that is below it. */
function mapPrefix(table: unknown, name: string): string | undefined {
  const slash = name.indexOf('/');
  const prefix = slash === -1 ? undefined : name.slice(0, slash + 1);
  const target = prefix === undefined ? undefined : mapPattern(table, prefix)[0];
  return target === undefined || prefix === undefined ? undefined : target + name.slice(prefix.length);
}
