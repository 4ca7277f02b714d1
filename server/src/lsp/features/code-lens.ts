/** Above a handler or function: how much in it is open. */
import type { CodeLens } from 'vscode-languageserver';
import type { Range, Span } from '../../engine/index.js';
import { acceptedReports } from '../accepted.js';
import type { Located } from '../projects.js';
import { reviewedItems, type ReviewView } from './review.js';

interface Open {
  readonly range: Range;
  fix: number;
  review: number;
  /** The first item that is open here. */
  readonly item: string;
}

export function codeLenses(view: ReviewView, uri: string, { path }: Located): CodeLens[] {
  const report = acceptedReports(view.snapshot).report(path);
  if (report === undefined) return [];
  const openByStart = new Map<string, Open>();
  const count = (span: Span, item: string, what: 'fix' | 'review') => {
    const owner = view.snapshot.ownerOf(path, span);
    if (owner === undefined) return;
    const { line, character } = owner.range.start;
    const open = openByStart.get(`${line}:${character}`) ?? { range: owner.range, fix: 0, review: 0, item };
    open[what] += 1;
    openByStart.set(`${line}:${character}`, open);
  };
  for (const { item, progress } of reviewedItems(view, report)) {
    if (progress !== 'open') continue;
    const own = report.findings.filter((finding) => finding.item === item.id && finding.accepted === null);
    for (const { span } of own) count(span, item.id, 'fix');
    for (const question of item.questions) if (question.path === path) count(question.span, item.id, 'review');
  }
  return [...openByStart.values()]
    .sort((a, b) => a.range.start.line - b.range.start.line)
    .map(({ range, fix, review, item }) => ({
      range: { start: range.start, end: range.start },
      command: { title: words(fix, review), command: 'authlens.showItem', arguments: [uri, item] },
    }));
}

function words(fix: number, review: number): string {
  return [...(fix > 0 ? [`${fix} to fix`] : []), ...(review > 0 ? [`${review} to review`] : [])].join(' · ');
}
