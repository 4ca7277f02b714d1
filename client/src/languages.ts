/** Which documents the server is told of. */
import type { DocumentSelector } from 'vscode-languageclient';

/** Code; opening a document of these starts the extension. */
export const CODE_LANGUAGES = [
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'vue',
  'svelte',
  'python',
  'go',
];

/** Configuration that may decide about authentication, and instructions. */
const OTHER_LANGUAGES = ['json', 'jsonc', 'yaml', 'dockercompose', 'toml', 'properties', 'ini', 'dotenv', 'markdown'];

/** Real files, drafts, and files of virtual workspaces; not the old side of a diff, nor output. */
const SCHEMES = ['file', 'untitled', 'vscode-vfs'];

export const documentSelector: DocumentSelector = SCHEMES.flatMap((scheme) =>
  [...CODE_LANGUAGES, ...OTHER_LANGUAGES].map((language) => ({ scheme, language })),
);
