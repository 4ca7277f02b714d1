/** Which files are worth handing to the engine, told by name alone: code, configuration, manifests, documentation. */

const ENDINGS = new Set(
  [
    'js mjs cjs jsx ts mts cts tsx vue svelte',
    'py go java kt kts cs cshtml razor php phtml rb ru rake erb',
    'json jsonc yml yaml toml properties md mdx markdown',
    'csproj gradle',
  ].flatMap((line) => line.split(' ')),
);

/** Files without a telling ending: manifests that name libraries and their versions. */
const NAMES = new Set(['go.mod', 'pom.xml', 'Gemfile', 'Pipfile', 'Rakefile', 'requirements.txt', 'web.config']);

const LOCK_FILES = new Set(
  [
    'package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml bun.lock deno.lock composer.lock packages.lock.json',
    'Gemfile.lock poetry.lock Pipfile.lock uv.lock pdm.lock go.sum Cargo.lock gradle.lockfile',
  ].flatMap((line) => line.split(' ')),
);

/** Folders that hold other people's code, caches or a version control system's own files. */
const FOREIGN_FOLDERS = new Set(
  [
    '.git .hg .svn .jj node_modules bower_components jspm_packages vendor third_party third-party Pods Carthage',
    '.venv venv virtualenv site-packages __pycache__ .tox .nox .mypy_cache .pytest_cache .ruff_cache',
    '.gradle .terraform .next .nuxt .output .svelte-kit .angular .turbo .cache .parcel-cache .yarn .pnpm-store .bundle',
    '.vs .idea .vscode-test coverage',
  ].flatMap((line) => line.split(' ')),
);

/** Whether a file's name says that the engine may have something to read in it. */
export function isReviewable(path: string): boolean {
  const name = lastSegment(path);
  if (LOCK_FILES.has(name)) return false;
  if (isEnvironmentFile(path) || NAMES.has(name)) return true;
  return ENDINGS.has(ending(name));
}

/** Whether a folder is passed over unless it is named: dependencies, caches, version control. */
export function isForeignFolder(name: string): boolean {
  return FOREIGN_FOLDERS.has(name);
}

/** `.env`, `.env.production`, `prod.env`, `.env.example`. */
export function isEnvironmentFile(path: string): boolean {
  return /^(?:\.env(?:\..*|rc)?|.+\.env)$/i.test(lastSegment(path)) || isEnvironmentExample(path);
}

/** An environment file that is there to be committed and copied: its values should be blanks. */
export function isEnvironmentExample(path: string): boolean {
  return /^(?:.*\.)?env[.\-_](?:.*[.\-_])?(?:example|template|sample|tmpl|tpl|dist|defaults?)$|^(?:example|template|sample)\.env$/i.test(
    lastSegment(path),
  );
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function ending(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}
