/** `authlens init`: the files that make a repository check itself. What is already there is left as it is. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { relativePath, repositoryTop, systemMessage } from '../hosts/files.js';
import { git } from '../hosts/git.js';
import type { Context } from './check.js';
import { UsageError } from './terminal.js';

interface NewFile {
  readonly file: string;
  readonly what: string;
  readonly text: string;
  readonly executable?: true;
}

/** Writes a configuration file, a CI job and a pre-commit hook. */
export async function init({ terminal }: Context): Promise<number> {
  const top = await repositoryTop(terminal.cwd);
  const folder = top ?? terminal.cwd;
  const files: NewFile[] = [
    { file: join(folder, 'authlens.config.json'), what: 'configuration', text: CONFIGURATION },
    { file: join(folder, '.github/workflows/authlens.yml'), what: 'CI job', text: CI_JOB },
  ];
  const hooks = top === undefined ? undefined : await hooksFolder(top);
  if (hooks !== undefined) {
    files.push({ file: join(hooks, 'pre-commit'), what: 'pre-commit hook', text: PRE_COMMIT, executable: true });
  }
  for (const file of files) terminal.print(`${place(file, terminal.cwd)}\n`);
  if (hooks === undefined) terminal.print('left out  pre-commit hook: this is no git repository\n');
  return 0;
}

function place({ file, what, text, executable }: NewFile, cwd: string): string {
  const shown = relativePath(cwd, file);
  if (existsSync(file)) return `kept      ${shown} (${what}) was there already`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: 'wx' });
    if (executable) chmodSync(file, 0o755);
  } catch (error) {
    throw new UsageError(`${shown}: ${systemMessage(error)}`);
  }
  return `wrote     ${shown} (${what})`;
}

/** Where git looks for this repository's hooks. A folder elsewhere is shared with others, and none of our business. */
async function hooksFolder(top: string): Promise<string | undefined> {
  const answer = await git(top, ['rev-parse', '--git-common-dir']);
  if (answer.kind === 'refused') return undefined;
  return join(top, relativePath(top, join(top, answer.stdout.toString('utf8').trim())), 'hooks');
}

const CONFIGURATION = `{
  // Whatever changes a verdict is kept here, so that editor, command line and CI agree.
  "rules": {
    // "refresh-token-too-long": "info"
  },
  "limits": {
    "accessTokenMinutes": 60,
    "refreshTokenDays": 90
  },
  "exclude": []
}
`;

const CI_JOB = `name: AuthLens
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
  security-events: write
jobs:
  review:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - run: npx --yes authlens check . --format sarif --output authlens.sarif
      - if: always()
        uses: github/codeql-action/upload-sarif@v3
        with:
          sarif_file: authlens.sarif
`;

const PRE_COMMIT = `#!/bin/sh
# Reviews the files of this commit. To commit all the same: git commit --no-verify
git diff --cached --name-only --diff-filter=ACMR -z |
  xargs -0 sh -c '[ "$#" -eq 0 ] || exec npx --no-install authlens check --fail-on error --quiet -- "$@"' authlens
`;
