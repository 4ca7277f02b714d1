/** Grammars come as bytes from the host: the engine names no path and no address. */
import { Parser, Language as WasmLanguage } from 'web-tree-sitter';

/** A loaded grammar with its parser. */
export interface Grammar {
  readonly language: WasmLanguage;
  readonly parser: Parser;
}

/** Starts the parser runtime from the bytes of `web-tree-sitter.wasm`. Once for a process, before any grammar. */
export async function startParserRuntime(wasmBinary: Uint8Array): Promise<void> {
  await Parser.init({ wasmBinary });
}

/** Loads a grammar from the bytes of its wasm file. */
export async function loadGrammar(bytes: Uint8Array): Promise<Grammar> {
  const language = await WasmLanguage.load(bytes);
  const parser = new Parser();
  parser.setLanguage(language);
  return { language, parser };
}
