/**
 * Asks git, with everything off that a repository's own configuration could make it run: hooks, the file-system monitor,
 * external diffs, text conversion, transports. A repository under review is a stranger's.
 */
import { execFile } from 'node:child_process';

export type GitAnswer =
  | { readonly kind: 'output'; readonly stdout: Buffer }
  /** No git, no repository, or git said no; `message` is git's first line. */
  | { readonly kind: 'refused'; readonly message: string };

const HARMLESS = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.attributesFile=/dev/null',
  'core.pager=cat',
  'core.sshCommand=false',
  'core.askPass=false',
  'credential.helper=',
  'gpg.program=false',
  'protocol.allow=never',
  'log.showSignature=false',
].flatMap((setting) => ['-c', setting]);

/** Settings by name, for one call. */
export type GitSettings = readonly (readonly [name: string, value: string])[];

export interface GitOptions {
  readonly settings?: GitSettings;
  /** What the command reads from its standard input. */
  readonly input?: string;
}

/** Runs one git command in a folder and gives its output as bytes. Never throws. */
export function git(folder: string, args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  return new Promise((resolve) => {
    const how = {
      cwd: folder,
      encoding: 'buffer' as const,
      maxBuffer: 512 * 1024 * 1024,
      windowsHide: true,
      env: harmlessEnvironment(options.settings ?? []),
    };
    const child = execFile('git', ['--no-pager', ...HARMLESS, ...args], how, (error, stdout, stderr) => {
      if (error === null) return resolve({ kind: 'output', stdout });
      const said = stderr.toString('utf8').trim().split('\n')[0] ?? '';
      resolve({ kind: 'refused', message: said === '' ? error.message : said });
    });
    // A command that ends before it has read everything says so by its exit code.
    child.stdin?.on('error', () => {});
    child.stdin?.end(options.input ?? '');
  });
}

/**
 * Settings that switch off every content filter that the repository's configuration names: comparing files with a commit
 * would run them.
 */
export async function withoutFilters(folder: string): Promise<GitSettings> {
  const answer = await git(folder, ['config', '--null', '--name-only', '--get-regexp', '^filter\\.']);
  if (answer.kind === 'refused') return [];
  const names = answer.stdout
    .toString('utf8')
    .split('\0')
    .filter((name) => name !== '');
  return [...new Set(names)].map((name) => [name, name.endsWith('.required') ? 'false' : ''] as const);
}

/**
 * The environment without what would redirect git (a caller's `GIT_DIR` means another repository), with settings of our
 * own. These go by the environment, since a name may hold any character.
 */
function harmlessEnvironment(settings: GitSettings): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(own),
    ...Object.fromEntries(
      settings.flatMap(([name, value], i) => [
        [`GIT_CONFIG_KEY_${i}`, name],
        [`GIT_CONFIG_VALUE_${i}`, value],
      ]),
    ),
    GIT_CONFIG_COUNT: String(settings.length),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    LC_ALL: 'C',
  };
}
