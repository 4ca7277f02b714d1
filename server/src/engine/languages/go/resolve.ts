/**
 * Where Go's imports lead: a path below a module of the workspace is all files of that folder but the tests; any other
 * path is a library. Modules are found by their `go.mod`, with local `replace` directives.
 */
import type { ImportTarget, ProjectFiles } from '../language.js';

/** Where an import path leads. */
export function resolve(specifier: string, from: string, project: ProjectFiles): ImportTarget {
  const modules = modulesOf(project);
  for (const { path, folder } of modules) {
    if (specifier !== path && !specifier.startsWith(`${path}/`)) continue;
    const files = filesIn(join(folder, specifier.slice(path.length + 1)), project);
    if (files.length > 0) return { kind: 'files', paths: files };
  }
  const isOwn = modules.some(({ path }) => specifier === path || specifier.startsWith(`${path}/`));
  if (isOwn) return { kind: 'unresolved' };
  const unnamed = modules.length === 0 ? withoutManifest(specifier, from, project) : [];
  return unnamed.length > 0 ? { kind: 'files', paths: unnamed } : { kind: 'library', module: specifier };
}

interface Module {
  readonly path: string;
  readonly folder: string;
}

const modulesByProject = new WeakMap<ProjectFiles, readonly Module[]>();

/** The modules of the workspace, the longest path first, so that a nested module wins over the one around it. */
function modulesOf(project: ProjectFiles): readonly Module[] {
  const known = modulesByProject.get(project);
  if (known !== undefined) return known;
  const manifests = project.under('').filter((file) => file === 'go.mod' || file.endsWith('/go.mod'));
  const modules = manifests
    .flatMap((file) => modulesIn(folderOf(file), project.manifest(file) ?? ''))
    .sort((a, b) => b.path.length - a.path.length || (a.folder < b.folder ? -1 : 1));
  modulesByProject.set(project, modules);
  return modules;
}

function modulesIn(folder: string, manifest: string): readonly Module[] {
  const own = /^[ \t]*module\s+"?([^\s"]+)"?/m.exec(manifest)?.[1];
  const replaced = [
    ...manifest.matchAll(/^[ \t]*(?:replace[ \t]+)?"?([^\s"]+)"?(?:[ \t]+v\S+)?[ \t]*=>[ \t]*"?(\.[^\s"]*)"?/gm),
  ];
  return [
    ...(own === undefined ? [] : [{ path: own, folder }]),
    ...replaced.map(([, path = '', target = '']) => ({ path, folder: normalise(join(folder, target)) })),
  ];
}

/**
 * Without any `go.mod` (a part of a project) the end of the path says which folder is meant: below `internal`, which no
 * library can be, or a path of at least two folders that both exist.
 */
function withoutManifest(specifier: string, from: string, project: ProjectFiles): readonly string[] {
  const parts = specifier.split('/');
  for (let at = 1; at < parts.length; at++) {
    const tail = parts.slice(at);
    const isOwnOnly = tail[0] === 'internal' || tail.length >= 2;
    const files = isOwnOnly ? filesIn(tail.join('/'), project) : [];
    if (files.length > 0 && !files.includes(from)) return files;
  }
  return [];
}

function filesIn(folder: string, project: ProjectFiles): readonly string[] {
  return project
    .under(folder)
    .filter((file) => folderOf(file) === folder && file.endsWith('.go') && !file.endsWith('_test.go'));
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function join(folder: string, path: string): string {
  if (folder === '' || path === '') return folder + path;
  return `${folder}/${path}`;
}

function normalise(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '.' && part !== '') kept.push(part);
  }
  return kept.join('/');
}
