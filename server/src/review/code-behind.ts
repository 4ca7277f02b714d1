/** The code that a verdict rests on, as text: kept with a mark, so that a later reader sees what has changed. */
import type { FileReport, ItemState, Located } from '../engine/index.js';

/** The lines of every statement behind an item, by path and position, each stretch once. */
export function codeBehind(
  item: ItemState,
  report: Pick<FileReport, 'path' | 'findings'>,
  textOf: (path: string) => string | undefined,
): string {
  const own = report.findings.filter((finding) => item.findings.includes(finding.id));
  const places: readonly Located[] = item.restsOn ?? [...item.evidence, ...item.questions, ...own];
  const lines = new Map<string, Set<number>>();
  for (const { path, range } of places) {
    const known = lines.get(path) ?? new Set();
    const last = Math.min(range.end.line, range.start.line + MOST_LINES - 1);
    for (let at = range.start.line; at <= last; at++) known.add(at);
    lines.set(path, known);
  }
  const blocks = [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, numbers]) => {
      const text = (textOf(path) ?? '').split(/\r\n|\n|\r/);
      const shown = [...numbers].sort((a, b) => a - b).map((at) => (text[at] ?? '').trim());
      return [...(path === report.path ? [] : [`${path}:`]), ...shown].join('\n');
    });
  return blocks.join('\n');
}

const MOST_LINES = 20;
