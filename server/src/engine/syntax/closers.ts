/**
 * Code that ends in the middle: somebody is still typing, a model is still writing, a snippet was cut. A parser makes a
 * heap of fragments of it, although all that is missing is the end. What would close it can be told from the brackets.
 */

/** How a language writes what may hold brackets that do not count. */
export interface BracketRules {
  readonly lineComments: readonly string[];
  readonly blockComment?: readonly [open: string, close: string];
  /** String delimiters that end with their line. */
  readonly strings: readonly string[];
  /** String delimiters that go on over lines; longer ones first. */
  readonly longStrings: readonly string[];
  /** The long string that holds code between `${` and `}`. */
  readonly template?: string;
  /** `/…/` may be a pattern. */
  readonly regex?: boolean;
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** More open brackets than this are not somebody typing. */
const MAX_OPEN = 200;

/** What closes all that is open at the end of a text; empty if nothing is, or if it is hopeless. */
export function closersOf(text: string, rules: BracketRules): string {
  /** Closers that are still to come, the innermost last; a template's delimiter stands for its text. */
  const open: string[] = [];
  let at = 0;
  while (at < text.length) {
    const template = rules.template;
    if (template !== undefined && open.at(-1) === template) {
      at = inTemplate(text, at, template, open);
      continue;
    }
    const character = text[at] ?? '';
    if (/[\w\s$]/.test(character)) {
      at++;
      continue;
    }
    const closer = CLOSERS[character];
    if (closer !== undefined) {
      open.push(closer);
      at++;
    } else if (character === ')' || character === ']' || character === '}') {
      const match = open.lastIndexOf(character);
      // A bracket that closes nothing is somebody else's mistake.
      open.length = match === -1 ? open.length : match;
      at++;
    } else {
      at = skipQuoted(text, at, rules, open);
    }
    if (open.length > MAX_OPEN) {
      return '';
    }
  }
  // A string is closed where it ends; a bracket on its own line, for a comment may come before.
  const quote = rules.strings.includes(open.at(-1) ?? '') ? (open.pop() ?? '') : '';
  return open.length === 0 ? quote : `${quote}\n${open.toReversed().join('')}`;
}

function inTemplate(text: string, from: number, template: string, open: string[]): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') {
      at++;
    } else if (text.startsWith(template, at)) {
      open.pop();
      return at + template.length;
    } else if (text.startsWith('${', at)) {
      open.push('}');
      return at + 2;
    }
  }
  return text.length;
}

/** The offset behind a comment, string or pattern that begins here; else behind this character. */
function skipQuoted(text: string, at: number, rules: BracketRules, open: string[]): number {
  if (rules.lineComments.some((start) => text.startsWith(start, at))) {
    return lineEnd(text, at);
  }
  const block = rules.blockComment;
  if (block !== undefined && text.startsWith(block[0], at)) {
    const end = text.indexOf(block[1], at + block[0].length);
    return end === -1 ? text.length : end + block[1].length;
  }
  if (rules.template !== undefined && text.startsWith(rules.template, at)) {
    open.push(rules.template);
    return at + rules.template.length;
  }
  const long = rules.longStrings.find((quote) => text.startsWith(quote, at));
  if (long !== undefined) {
    return stringEnd(text, at + long.length, long, text.length) ?? unclosed(text, long, open);
  }
  const short = rules.strings.find((quote) => text.startsWith(quote, at));
  if (short !== undefined) {
    const end = lineEnd(text, at);
    // Not closed on its line: an apostrophe in some text, or the string that is being typed.
    return (
      stringEnd(text, at + short.length, short, end) ?? (end === text.length ? unclosed(text, short, open) : at + 1)
    );
  }
  if (rules.regex && text[at] === '/' && beginsPattern(text, at)) {
    return stringEnd(text, at + 1, '/', lineEnd(text, at)) ?? at + 1;
  }
  return at + 1;
}

function unclosed(text: string, quote: string, open: string[]): number {
  open.push(quote);
  return text.length;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** The offset behind the closing quote; a pattern's `[…]` may hold the quote. */
function stringEnd(text: string, from: number, quote: string, limit: number): number | undefined {
  let inSet = false;
  for (let at = from; at < limit; at++) {
    const character = text[at];
    if (character === '\\') {
      at++;
    } else if (quote === '/' && (character === '[' || character === ']')) {
      inSet = character === '[';
    } else if (!inSet && text.startsWith(quote, at)) {
      return at + quote.length;
    }
  }
  return undefined;
}

/** After an operand `/` divides; after anything else it begins a pattern. */
function beginsPattern(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 20), at).trimEnd();
  return before === '' || /(?:[([{,;:=!&|?+\-*%<>~^]|\b(?:return|typeof|case|in|of))$/.test(before);
}
