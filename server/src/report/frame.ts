/** A code frame: the lines around a place, with carets below what is meant. */
import type { Range } from '../engine/index.js';
import { PLAIN, type Style } from './style.js';
import { displayWidth, visible } from './visible.js';

export interface FrameOptions {
  /** Already masked. */
  readonly text: string;
  readonly range: Range;
  readonly width: number;
  readonly style: Style;
  readonly paint: (text: string) => string;
}

const AROUND = 1;
const LONGEST = 4;

/** The frame's lines, gutter included. A range over many lines shows its first ones. */
export function codeFrame({ text, range, width, style, paint }: FrameOptions): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  const first = Math.max(0, range.start.line - AROUND);
  const lastMarked = Math.min(range.end.line, range.start.line + LONGEST - 1, lines.length - 1);
  const last = Math.min(lines.length - 1, lastMarked + AROUND);
  const gutter = String(last + 1).length;
  const room = Math.max(20, width - gutter - 5);
  const shift = shiftOf(lines.slice(first, last + 1), range, room);
  const frame: string[] = [];
  for (let at = first; at <= last; at++) {
    const line = lines[at]!;
    const isMarked = at >= range.start.line && at <= lastMarked;
    if (!isMarked && line.trim() === '') continue;
    const number = String(at + 1).padStart(gutter);
    const mark = isMarked ? paint('>') : ' ';
    frame.push(`${mark} ${style.faint(`${number} │`)} ${show(line, shift, room)}`.trimEnd());
    if (!isMarked) continue;
    const carets = caretsOf(line, at, range, shift, room);
    if (carets !== '') frame.push(`  ${' '.repeat(gutter)} ${style.faint('│')} ${paint(carets)}`);
  }
  return frame;
}

/** A one-line excerpt without colour: for formats that have no frame of their own. */
export function plainFrame(text: string, range: Range, width: number): string {
  return codeFrame({ text, range, width, style: PLAIN, paint: (part) => part }).join('\n');
}

/** How many characters are cut off on the left: common indentation, or so much that the marked text is seen. */
function shiftOf(lines: readonly string[], range: Range, room: number): number {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)![0].length);
  const indent = Math.min(...indents, range.start.character);
  if (range.start.character - indent + 10 < room) return indent;
  return Math.max(indent, range.start.character - Math.floor(room / 3));
}

function show(line: string, shift: number, room: number): string {
  const cut = expandTabs(visible(line.slice(shift)));
  let kept = '';
  let used = 0;
  for (const char of cut) {
    used += displayWidth(char);
    if (used > room - 1) return `${kept}…`;
    kept += char;
  }
  return kept;
}

function caretsOf(line: string, at: number, range: Range, shift: number, room: number): string {
  const indent = /^\s*/.exec(line)![0].length;
  const start = Math.max(at === range.start.line ? range.start.character : indent, shift);
  const end = at === range.end.line ? range.end.character : line.trimEnd().length;
  if (end <= start && at !== range.start.line) return '';
  const before = displayWidth(expandTabs(visible(line.slice(shift, start))));
  const marked = displayWidth(expandTabs(visible(line.slice(start, end))));
  if (before >= room) return '';
  return ' '.repeat(before) + '^'.repeat(Math.max(1, Math.min(marked, room - before)));
}

function expandTabs(text: string): string {
  return text.replaceAll('\t', '  ');
}
