/** Packages of the same repository: found by their name, entered by what their `package.json` says. */
import type { ProjectFiles } from '../language.js';
import { mapPattern } from './aliases.js';
import { filesAt } from './candidates.js';
import { at, entriesOf, type Json, manifest, textsOf } from './manifests.js';
import { folderOf, join, upwards } from './paths.js';

/** The files of a package of this workspace; `undefined` if no package here has that name. */
export function filesOfPackage(specifier: string, from: string, project: ProjectFiles): readonly string[] | undefined {
  const name = packageName(specifier);
  const own = upwards(folderOf(from)).find((folder) => nameAt(folder, project) === name);
  const folder = own ?? packageFolders(project).get(name);
  if (folder === undefined) {
    return undefined;
  }
  const rest = specifier.slice(name.length + 1);
  const json = manifest(join(folder, 'package.json') ?? '', project);
  const written = [
    ...exported(at(json, 'exports'), rest === '' ? '.' : `./${rest}`),
    ...(rest === '' ? entries(json) : []),
  ];
  const guesses = rest === '' ? ['src/index', 'index', 'lib/index', 'src/main'] : [rest, `src/${rest}`];
  for (const path of [...written.flatMap(sourcesOf), ...guesses]) {
    const found = filesAt(join(folder, path), project);
    if (found.length > 0) {
      return found;
    }
  }
  return [];
}

/** The files that `#name` leads to by the nearest `package.json` with `imports`. */
export function filesOfPackageImports(specifier: string, from: string, project: ProjectFiles): readonly string[] {
  if (!specifier.startsWith('#')) {
    return [];
  }
  for (const folder of upwards(folderOf(from))) {
    const table = at(manifest(join(folder, 'package.json') ?? '', project), 'imports');
    for (const path of exported(table, specifier).flatMap(sourcesOf)) {
      const found = filesAt(join(folder, path), project);
      if (found.length > 0) {
        return found;
      }
    }
  }
  return [];
}

/** `@scope/name` or `name`, without a path into the package. */
function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function nameAt(folder: string, project: ProjectFiles): string | undefined {
  return textsOf(at(manifest(join(folder, 'package.json') ?? '', project), 'name'))[0];
}

const foldersByProject = new WeakMap<ProjectFiles, ReadonlyMap<string, string>>();

/** Looking through all files is dear: it is done once for a state of the workspace, and only where there are several packages. */
function packageFolders(project: ProjectFiles): ReadonlyMap<string, string> {
  let known = foldersByProject.get(project);
  if (known === undefined) {
    known = new Map(hasWorkspaces(project) ? listPackages(project) : []);
    foldersByProject.set(project, known);
  }
  return known;
}

function hasWorkspaces(project: ProjectFiles): boolean {
  return (
    at(manifest('package.json', project), 'workspaces') !== undefined ||
    ['pnpm-workspace.yaml', 'lerna.json', 'nx.json', 'turbo.json', 'rush.json'].some((file) => project.has(file)) ||
    !project.has('package.json')
  );
}

function listPackages(project: ProjectFiles): readonly (readonly [string, string])[] {
  return project.under('').flatMap((path) => {
    if (!path.endsWith('/package.json') || path.includes('node_modules/')) {
      return [];
    }
    const folder = folderOf(path);
    const name = nameAt(folder, project);
    return name === undefined ? [] : [[name, folder] as const];
  });
}

function entries(json: Json): readonly string[] {
  return ['source', 'module', 'main', 'types'].flatMap((key) => textsOf(at(json, key)));
}

/** The paths that an `exports` or `imports` table gives a name, whatever the condition. */
function exported(table: Json, name: string): readonly string[] {
  if (name === '.' && (typeof table === 'string' || !entriesOf(table).some(([key]) => key.startsWith('.')))) {
    return targetsOf(table, 0);
  }
  const flat = Object.fromEntries(entriesOf(table).map(([key, value]) => [key, targetsOf(value, 0)]));
  return mapPattern(flat, name);
}

function targetsOf(value: Json, level: number): readonly string[] {
  if (level > 5) {
    return [];
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.values(value).flatMap((one) => targetsOf(one, level + 1))
    : textsOf(value);
}

/** The path itself, and what it was built from: `dist/a.js` from `src/a`. */
function sourcesOf(path: string): readonly string[] {
  const built =
    /^(?:\.\/)?(?:dist|build|lib|out|esm|cjs|es)\/(?:(?:esm|cjs|es|types|src)\/)?(.*?)(?:\.d)?\.[cm]?[jt]sx?$/.exec(
      path,
    );
  return built?.[1] === undefined ? [path] : [path, `src/${built[1]}`, built[1]];
}
