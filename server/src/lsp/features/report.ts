/** The reports that a person takes away: the checklist as Markdown, the whole as a page to print. */
import type { Engine } from '../engine.js';
import { acceptedReports } from '../accepted.js';
import { renderHtml } from '../../report/html.js';
import { checklistMarkdown } from '../../report/markdown.js';
import type { Report, ReviewedFile } from '../../report/report.js';
import { reviewedItems, type ReviewView } from './review.js';

/** A file with its marks, as every format shows it. */
export function reviewedFile(view: ReviewView, path: string): ReviewedFile | undefined {
  const report = acceptedReports(view.snapshot).report(path);
  if (report === undefined) return undefined;
  return {
    ...report,
    items: reviewedItems(view, report).map(({ item, reviewed, progress }) => ({
      ...item,
      reviewed,
      before: null,
      open: progress === 'open',
      sinceReviewed: [],
    })),
    findings: report.findings.map((finding) => ({ ...finding, change: null, fixes: [] })),
    text: view.snapshot.textOf(path) ?? '',
  };
}

/** The report in a format. */
export function renderReport(
  files: readonly ReviewedFile[],
  format: 'markdown' | 'html',
  options: { readonly engine: Engine; readonly version: string; readonly looked: number },
): string {
  if (format === 'markdown') return checklistMarkdown(files);
  const report: Report = { version: options.version, files, skipped: [], errors: [], looked: options.looked };
  return renderHtml(report, { remedyOf: (id) => options.engine.RULES.find((rule) => rule.id === id)?.remedy });
}
