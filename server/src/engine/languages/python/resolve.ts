/**
 * Where Python's imports lead. A module is `a/b.py`, `a/b.pyi`, the package `a/b/__init__.py`, or a folder without one (a
 * namespace package). `from pkg import name` asks for `pkg`: the answer lists the package's own file. The name may also be
 * a submodule: then the file `pkg/name.py` exists, and semantics asks again for the specifier that `submodule` gives.
 */
import type { ImportTarget, ProjectFiles } from '../language.js';

/** Where a specifier leads, as seen from the file `from`. */
export function resolve(specifier: string, from: string, project: ProjectFiles): ImportTarget {
  const dots = /^\.*/.exec(specifier)?.[0].length ?? 0;
  const path = specifier.slice(dots).split('.').filter(Boolean);
  if (dots > 0) return resolveRelative(path, ancestor(folderOf(from), dots - 1), project);
  if (path.length === 0) return { kind: 'unresolved' };
  const found = moduleOnPath(path, from, project);
  return found === undefined ? { kind: 'library', module: path.join('.') } : { kind: 'files', paths: found };
}

/** The specifier of a module within a module: `app` and `models` give `app.models`, `.` and `models` give `.models`. */
export function submodule(specifier: string, name: string): string {
  return /^\.*$/.test(specifier) ? `${specifier}${name}` : `${specifier}.${name}`;
}

function resolveRelative(path: readonly string[], folder: string | undefined, project: ProjectFiles): ImportTarget {
  const found = folder === undefined ? undefined : moduleIn(folder, path, project);
  return found === undefined ? { kind: 'unresolved' } : { kind: 'files', paths: found };
}

/**
 * Looks where Python would: in the source roots. A folder within a package is no root unless the file is run as a script,
 * so there the libraries that the project declares, and the standard library, come first. Namespace packages come last.
 */
function moduleOnPath(path: readonly string[], from: string, project: ProjectFiles): readonly string[] | undefined {
  const above = ancestors(folderOf(from));
  const plain = above.filter((folder) => !isPackage(folder, project));
  const roots = [...plain.flatMap((folder) => [folder, join(folder, 'src')]), ...sourceRoots(project)];
  const [name = ''] = path;
  const found = firstModule(roots, path, { from, project });
  if (found !== undefined) return [found];
  if (isDeclared(name, above, project) || STANDARD_LIBRARY.has(name)) return undefined;
  const beside = firstModule(above, path, { from, project });
  if (beside !== undefined) return [beside];
  return roots.some((root) => isNamespace(join(root, path.join('/')), project)) ? [] : undefined;
}

interface Search {
  readonly from: string;
  readonly project: ProjectFiles;
}

/** The file itself is not what it imports: `redis.py` that says `import redis` means the library. */
function firstModule(roots: readonly string[], path: readonly string[], { from, project }: Search): string | undefined {
  for (const root of roots) {
    const found = moduleFile(join(root, path.join('/')), project);
    if (found !== undefined && found !== from) return found;
  }
  return undefined;
}

function moduleIn(folder: string, path: readonly string[], project: ProjectFiles): readonly string[] | undefined {
  const base = join(folder, path.join('/'));
  const found = moduleFile(base, project);
  if (found !== undefined) return [found];
  return isNamespace(base, project) ? [] : undefined;
}

function moduleFile(base: string, project: ProjectFiles): string | undefined {
  const candidates = [join(base, '__init__.py'), `${base}.py`, join(base, '__init__.pyi'), `${base}.pyi`];
  return candidates.find((candidate) => project.has(candidate));
}

/** A folder with modules in it, which has no code of its own. */
function isNamespace(folder: string, project: ProjectFiles): boolean {
  return project.under(folder).some((file) => /\.pyi?$/.test(file));
}

function isPackage(folder: string, project: ProjectFiles): boolean {
  return project.has(join(folder, '__init__.py'));
}

const MANIFESTS = ['pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', 'Pipfile', 'manage.py'];

const rootsByProject = new WeakMap<ProjectFiles, readonly string[]>();

/** The folders that hold a manifest, and their `src`. */
function sourceRoots(project: ProjectFiles): readonly string[] {
  const known = rootsByProject.get(project);
  if (known !== undefined) return known;
  const manifests = project.under('').filter((file) => MANIFESTS.some((name) => baseOf(file) === name));
  const folders = [...new Set(manifests.map(folderOf))];
  const roots = folders.flatMap((folder) => [folder, join(folder, 'src')]);
  rootsByProject.set(project, roots);
  return roots;
}

/** Whether a manifest above the file names a distribution of that name. */
function isDeclared(name: string, folders: readonly string[], project: ProjectFiles): boolean {
  const pattern = new RegExp(`(^|["'\\s])${name.replaceAll('_', '[-_]')}(?![\\w./-])`, 'im');
  return folders.some((folder) =>
    ['pyproject.toml', 'requirements.txt', 'Pipfile'].some((manifest) => {
      const text = project.manifest(join(folder, manifest));
      return text !== undefined && pattern.test(text);
    }),
  );
}

/** Modules of the standard library that a project's own files are also called. */
const STANDARD_LIBRARY: ReadonlySet<string> = new Set(
  (
    'abc array ast asyncio base64 bisect calendar cmd code codecs collections concurrent configparser contextlib copy ' +
    'csv ctypes dataclasses datetime decimal difflib email enum errno fractions functools getpass glob gzip hashlib ' +
    'heapq hmac html http imaplib importlib inspect io itertools json logging mailbox math mimetypes multiprocessing ' +
    'numbers operator os pathlib pickle platform pprint profile queue random re sched secrets select selectors shelve ' +
    'shutil signal site smtplib socket sqlite3 ssl stat statistics string struct subprocess symtable sys tempfile ' +
    'test textwrap threading time token tokenize trace traceback types typing unittest urllib uuid warnings weakref ' +
    'wsgiref xml zipfile zoneinfo'
  ).split(' '),
);

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function join(folder: string, path: string): string {
  if (folder === '' || path === '') return folder + path;
  return `${folder}/${path}`;
}

/** The folder and all above it, nearest first; the workspace itself is the empty path. */
function ancestors(folder: string): readonly string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return [...parts.map((_, i) => parts.slice(0, parts.length - i).join('/')), ''];
}

function ancestor(folder: string, levels: number): string | undefined {
  return ancestors(folder)[levels];
}
