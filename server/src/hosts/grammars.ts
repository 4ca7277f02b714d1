/** Grammar bytes from the folder that the build fills: the engine never names a path. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Grammars {
  grammar(name: string): Promise<Uint8Array>;
  runtime(): Promise<Uint8Array>;
}

/** The grammars in `syntaxes/`, beside the bundle's own folder. */
export function bundledGrammars(): Grammars {
  return grammarsIn(join(dirname(fileURLToPath(import.meta.url)), '..', 'syntaxes'));
}

/** The grammars in a folder. */
export function grammarsIn(folder: string): Grammars {
  return {
    grammar: (name) => readFile(join(folder, `${name}.wasm`)),
    runtime: () => readFile(join(folder, 'web-tree-sitter.wasm')),
  };
}
