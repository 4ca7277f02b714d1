/** From bytes to text, or to the reason why a file is not reviewed. Total: any bytes give an answer. */

export type SkipReason =
  | 'binary'
  | 'too large'
  | 'generated'
  | 'minified'
  | 'not decodable'
  | 'unknown language'
  | 'not tracked by git';

export type SourceText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'skipped'; readonly reason: SkipReason };

/** Files above this are not reviewed: hand-written code is far below it. */
export const LARGEST_FILE = 1024 * 1024;

/** Decodes UTF-8, and UTF-16 with a byte order mark. The mark itself is no part of the text. */
export function decodeSource(bytes: Uint8Array): SourceText {
  if (bytes.length > LARGEST_FILE) return { kind: 'skipped', reason: 'too large' };
  const encoding = encodingOf(bytes);
  if (encoding === 'utf-8' && bytes.subarray(0, 8000).includes(0)) return { kind: 'skipped', reason: 'binary' };
  try {
    return { kind: 'text', text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'skipped', reason: 'not decodable' };
  }
}

/** Whether nobody wrote this text by hand, so that nobody would mend it here: `generated`, `minified` or neither. */
export function machineMade(path: string, text: string): 'generated' | 'minified' | undefined {
  if (isGenerated(path, text)) return 'generated';
  if (isMinified(path, text)) return 'minified';
  return undefined;
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

const GENERATED_NAME = /(?:\.pb\.go|_pb2(?:_grpc)?\.py|\.g\.cs|\.designer\.cs|[._]generated\.[a-z]+|\.min\.map)$/i;
const GENERATED_HEADER = [
  /\bCode generated\b.*\bDO NOT EDIT\b/,
  /<auto-?generated\b/i,
  /^[\s/*#;!<-]*@generated\b/m,
  /\bauto(?:matically)?[- ]generated\b[\s\S]{0,200}\bdo not (?:edit|modify|change)\b/i,
  /\bdo not (?:edit|modify|change)\b[\s\S]{0,200}\bauto(?:matically)?[- ]generated\b/i,
];

/** An assistant that signs its work did not make it a build product: that is exactly the code to review. */
const ASSISTANT = /\b(?:claude|copilot|cursor|windsurf|codex|chatgpt|gpt|gemini|llm|ai|assistant|agent)\b/i;

function isGenerated(path: string, text: string): boolean {
  if (GENERATED_NAME.test(path)) return true;
  const header = text.slice(0, 1000);
  const claims = GENERATED_HEADER.map((pattern) => pattern.exec(header)).filter((match) => match !== null);
  return claims.some((claim) => !ASSISTANT.test(lineAround(header, claim.index)));
}

function lineAround(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? text.length : end);
}

/** Most statements stand on very long lines. One long literal in hand-written code is not that. */
function isMinified(path: string, text: string): boolean {
  if (!/\.[cm]?[jt]sx?$/i.test(path)) return false;
  if (/\.min\.[cm]?js$/i.test(path)) return true;
  if (text.length < 2000) return false;
  let onLongLines = 0;
  let all = 0;
  for (const line of text.split('\n')) {
    const marks = countStatementMarks(line);
    all += marks;
    if (line.length > 500) onLongLines += marks;
  }
  return onLongLines > 50 && onLongLines * 2 > all;
}

function countStatementMarks(line: string): number {
  let count = 0;
  for (let i = 0; i < line.length; i++) {
    const code = line.charCodeAt(i);
    if (code === 0x3b || code === 0x7b || code === 0x7d) count++;
  }
  return count;
}
