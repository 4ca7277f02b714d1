/** What all readers of configuration share: bounds, comments, the scalars of plain text. */
import type { CommentIR, SettingIR } from '../../ir/ir.js';

/** Longer texts are data, not configuration. */
export const MAX_TEXT = 400_000;
/** More settings than these say no more than these. */
export const MAX_SETTINGS = 5_000;
/** Deeper nesting is not looked at. */
export const MAX_DEPTH = 40;

/** What a reader yields; it is read up to the bounds. */
export type SettingsReader = (text: string) => Iterable<SettingIR>;

/** A reader made total: too long a text, or nesting that a parser can't follow, has no settings. */
export function bounded(read: SettingsReader): (text: string) => readonly SettingIR[] {
  return (text) => {
    if (text.length > MAX_TEXT) return [];
    const found: SettingIR[] = [];
    try {
      for (const setting of read(text)) {
        found.push(setting);
        if (found.length >= MAX_SETTINGS) break;
      }
    } catch (error) {
      // A parser that recurses meets its end in text that nests for ever.
      if (!(error instanceof RangeError)) throw error;
    }
    return found;
  };
}

/** Comments that begin with a mark at the start of a line or after a blank. */
export function lineComments(text: string, mark: RegExp): readonly CommentIR[] {
  const comments: CommentIR[] = [];
  if (text.length > MAX_TEXT) return comments;
  let start = 0;
  for (const line of text.split('\n')) {
    const at = mark.exec(line);
    if (at !== null) {
      const begin = start + at.index;
      const written = line.slice(at.index).trimEnd();
      comments.push({
        span: { start: begin, end: begin + written.length },
        text: written
          .replace(/^(?:#+|\/\/+|!+|<!--)/, '')
          .replace(/-->$/, '')
          .trim(),
        alone: line.slice(0, at.index).trim() === '',
      });
    }
    start += line.length + 1;
  }
  return comments;
}

/** A mark of `#` comments. */
export const HASH = /(?<=^|\s)#/;

/** The last segment of a path. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether brackets (or YAML's dashes on one line) nest deeper than any configuration: parsers that recurse take too long. */
export function nestsForever(text: string): boolean {
  let depth = 0;
  let dashes = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '[' || char === '{') depth++;
    else if ((char === ']' || char === '}') && depth > 0) depth--;
    else if (char === '-' || char === '?') dashes++;
    else if (char !== ' ') dashes = 0;
    if (depth > 500 || (dashes > 500 && text[i + 1] === ' ')) return true;
  }
  return false;
}

/** The environment's variable for a setting: its own name if that is one, else `spring.jwt.secret-key` → `SPRING_JWT_SECRET_KEY`. */
export function variableName({ path }: SettingIR): string {
  const own = path.at(-1);
  if (own !== undefined && /^[A-Z][A-Z\d_]+$/.test(own)) return own;
  return path
    .join('_')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .toUpperCase();
}
