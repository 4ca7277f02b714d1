/** Grammars for tests, from the same table that the build packs: `syntaxes/grammars.json`. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Grammar, loadGrammar, startParserRuntime } from '../../server/src/engine/syntax/grammar.js';

const require = createRequire(import.meta.url);
const table = JSON.parse(readFileSync(new URL('../../../syntaxes/grammars.json', import.meta.url), 'utf8')) as Record<
  string,
  { readonly package: string; readonly wasm: string }
>;
const loaded = new Map<string, Promise<Grammar>>();
let started: Promise<void> | undefined;

/** The grammar of that name in the table, loaded once. */
export function grammarNamed(name: string): Promise<Grammar> {
  let grammar = loaded.get(name);
  if (grammar === undefined) {
    grammar = load(name);
    loaded.set(name, grammar);
  }
  return grammar;
}

async function load(name: string): Promise<Grammar> {
  started ??= startParserRuntime(readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')));
  await started;
  const entry = table[name];
  if (entry === undefined) {
    throw new Error(`syntaxes/grammars.json has no grammar ${name}`);
  }
  return loadGrammar(readFileSync(require.resolve(`${entry.package}/${entry.wasm}`)));
}
