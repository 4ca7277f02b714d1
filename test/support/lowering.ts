/** What every language's lowering is tested with: a file of cases, and what must hold of any lowered text. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { FileIR, Item } from '../../server/src/engine/ir/ir.js';
import { printFile } from '../../server/src/engine/ir/print.js';
import type { Language } from '../../server/src/engine/languages/language.js';
import { itemCache, lowerFile } from '../../server/src/engine/languages/lower-file.js';
import type { Grammar } from '../../server/src/engine/syntax/grammar.js';
import { parse, reparse } from '../../server/src/engine/syntax/parse.js';

/** A language with its grammar, ready to lower. */
export interface Lowering {
  readonly language: Language;
  readonly languageId: string;
  readonly grammar: Grammar;
}

/** One case of a file in `test/languages/lowering`: `### title`, code, `--->`, the printed IR. */
export interface LoweringCase {
  readonly title: string;
  readonly code: string;
  readonly printed: string;
}

/** The cases of a language, in order. */
export function loweringCases(name: string): readonly LoweringCase[] {
  const text = readFileSync(new URL(`../../../test/languages/lowering/${name}.txt`, import.meta.url), 'utf8');
  return text
    .split(/^### /m)
    .slice(1)
    .map((part) => {
      const [head = '', printed = ''] = part.split('\n--->\n');
      const [title = '', ...code] = head.split('\n');
      return { title, code: code.join('\n'), printed: printed.trimEnd() };
    });
}

/** Lowers a whole text. */
export function lowered({ language, languageId, grammar }: Lowering, text: string): FileIR {
  const tree = parse(grammar, text);
  const file = lowerFile({ path: 'a', text, languageId, language, tree });
  tree.delete();
  return file;
}

/** Asserts what a case says. */
export function assertCase(lowering: Lowering, one: LoweringCase): void {
  assert.equal(printFile(lowered(lowering, one.code)).trimEnd(), one.printed);
}

/** Asserts that every plain name stands where its span says, so that what is reported is shown at the right place. */
export function assertSpans(lowering: Lowering, text: string): void {
  const renamed = new Set(['this', 'constructor']);
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { kind, name, span } = value as { kind?: string; name?: string; span?: { start: number; end: number } };
    const isWritten = kind === 'name' && name !== undefined && !renamed.has(name) && !/^[$%]/.test(name);
    if (isWritten && span !== undefined) assert.equal(text.slice(span.start, span.end), name);
    Object.values(value).forEach(visit);
  };
  visit(lowered(lowering, text).items);
}

/** Asserts that lowering after an edit, from what was kept, gives what lowering from scratch gives. */
export function assertIncremental({ language, languageId, grammar }: Lowering, before: string, after: string): void {
  const cache = itemCache();
  const first = parse(grammar, before);
  lowerFile({ path: 'a', text: before, languageId, language, tree: first, cache });
  const second = reparse(grammar, first, before, after);
  const kept = lowerFile({ path: 'a', text: after, languageId, language, tree: second, cache });
  second.delete();
  assert.deepEqual(kept, lowered({ language, languageId, grammar }, after));
}
