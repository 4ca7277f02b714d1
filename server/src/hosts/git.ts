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

/** Runs one git command in a folder and gives its output as bytes. Never throws. */
export function git(folder: string, args: readonly string[]): Promise<GitAnswer> {
  return new Promise((resolve) => {
    const options = {
      cwd: folder,
      encoding: 'buffer' as const,
      maxBuffer: 512 * 1024 * 1024,
      windowsHide: true,
      env: harmlessEnvironment(),
    };
    execFile('git', ['--no-pager', ...HARMLESS, ...args], options, (error, stdout, stderr) => {
      if (error === null) return resolve({ kind: 'output', stdout });
      const said = stderr.toString('utf8').trim().split('\n')[0] ?? '';
      resolve({ kind: 'refused', message: said === '' ? error.message : said });
    });
  });
}

/** The environment without what would redirect git: a caller's `GIT_DIR` means another repository. */
function harmlessEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'));
  return {
    ...Object.fromEntries(own),
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    LC_ALL: 'C',
  };
}
