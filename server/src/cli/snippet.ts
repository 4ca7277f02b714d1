/** Standard input as a file: a pasted or generated snippet, with or without a name. */
import { resolve } from 'node:path';
import { decodeSource } from '../hosts/source-text.js';
import type { Context } from './check.js';
import { type Inputs, readContext, shown } from './inputs.js';
import { guessLanguage } from './guess-language.js';

/** Reads the snippet. With a path it stands in for that file, among the files of its project. */
export async function readSnippet(
  { terminal }: Context,
  input: { readonly path: string | undefined; readonly language: string | undefined },
  progress: (count: number) => void,
): Promise<Inputs> {
  const source = decodeSource(await terminal.readInput());
  const path = input.path === undefined ? undefined : shown(terminal.cwd, resolve(terminal.cwd, input.path));
  if (source.kind === 'skipped') {
    return { files: [], skipped: [{ path: path ?? 'stdin', reason: source.reason }], errors: [] };
  }
  const { text } = source;
  const languageId = input.language ?? (path === undefined ? guessLanguage(text) : undefined);
  const file = {
    path: path ?? `stdin${endingOf(languageId ?? '')}`,
    text,
    role: 'named' as const,
    ...(languageId === undefined ? {} : { languageId }),
  };
  if (path === undefined) return { files: [file], skipped: [], errors: [] };
  const around = await readContext(terminal.cwd, resolve(terminal.cwd, path), progress);
  return { ...around, files: [...around.files, file] };
}

const ENDINGS: Readonly<Record<string, string>> = {
  javascript: '.js',
  typescript: '.ts',
  javascriptreact: '.jsx',
  typescriptreact: '.tsx',
  vue: '.vue',
  svelte: '.svelte',
  python: '.py',
  go: '.go',
  java: '.java',
  kotlin: '.kt',
  csharp: '.cs',
  php: '.php',
  ruby: '.rb',
  json: '.json',
  yaml: '.yml',
  toml: '.toml',
  properties: '.properties',
  dotenv: '.env',
  markdown: '.md',
};

function endingOf(languageId: string): string {
  return ENDINGS[languageId] ?? '';
}
