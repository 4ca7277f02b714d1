/** `authlens checklist`: the sixteen questions over some files, ticked where the answer is known, for paper or a ticket. */
import { foldChecklist, type FoldedItem } from '../report/fold.js';
import { renderHtml } from '../report/html.js';
import { jsonReport, writeJson } from '../report/json.js';
import { checklistMarkdown } from '../report/markdown.js';
import { COLOURED, PLAIN, type Style } from '../report/style.js';
import { oneLine, wrap } from '../report/visible.js';
import { type Context, exitCode, hasColour, reportFor, widthOf, writeOutput } from './check.js';
import type { CheckOptions } from './options.js';
import { UsageError } from './terminal.js';

/** Prints the checklist. */
export async function checklist(context: Context, options: CheckOptions): Promise<number> {
  const report = await reportFor(context, options);
  const style = hasColour(context.terminal, options) ? COLOURED : PLAIN;
  const text = rendered();
  const written = writeOutput(context, options, text);
  return exitCode(report, { ...options, failOn: 'never' }, written);

  function rendered(): string {
    switch (options.format) {
      case 'json':
        return writeJson(jsonReport(report));
      case 'markdown':
        return checklistMarkdown(report.files);
      case 'html':
        return renderHtml(report, { remedyOf: (id) => context.engine.RULES.find((rule) => rule.id === id)?.remedy });
      case 'text':
        return printable(foldChecklist(report.files), style, widthOf(context.terminal, options));
      default:
        throw new UsageError(`--format: the checklist is written as text, markdown, html or json`);
    }
  }
}

function printable(items: readonly FoldedItem[], style: Style, width: number): string {
  const blocks = items.map((folded) => {
    const [first, ...rest] = wrap(`${folded.item.number}. ${folded.item.question}`, Math.min(width, 100) - 6);
    const head = [`${boxOf(folded, style)} ${style.strong(first!)}`, ...rest.map((line) => `    ${line}`)];
    return [...head, ...detailsOf(folded).map((line) => `      ${style.faint(line)}`)].join('\n');
  });
  return `${blocks.join('\n')}\n`;
}

function boxOf({ verdict }: FoldedItem, style: Style): string {
  switch (verdict) {
    case 'pass':
      return style.good('[x]');
    case 'fail':
      return style.bad('[!]');
    case 'review':
      return style.doubtful('[?]');
    case 'na':
      return style.faint('[-]');
    case null:
      return '[ ]';
  }
}

const SIGNS = { same: ' ', gone: '-', new: '+' };

function detailsOf(folded: FoldedItem): readonly string[] {
  const ticks = folded.behind.flatMap(({ file, state }) => {
    if (state.reviewed === null) return [];
    const { by, at, note, stale } = state.reviewed;
    const words = stale ? 'changed since it was reviewed' : 'reviewed';
    const answer = note === null ? '' : `: ${oneLine(note)}`;
    const diff = state.sinceReviewed.map(({ kind, text }) => `  ${SIGNS[kind]} ${oneLine(text)}`);
    return [`${oneLine(file.path)}  ${words} by ${oneLine(by)}, ${at.slice(0, 10)}${answer}`, ...diff];
  });
  return [...new Set(groundsOf(folded)), ...ticks];
}

function groundsOf({ verdict, behind }: FoldedItem): readonly string[] {
  if (verdict === 'na') return ['not relevant here'];
  if (verdict === null) return ['not checked'];
  return behind.flatMap(({ file, state }) => {
    if (verdict === 'review') {
      return state.questions.map(
        ({ path, range, text }) => `${oneLine(path)}:${range.start.line + 1}  ${oneLine(text)}`,
      );
    }
    if (verdict === 'pass') {
      return state.evidence.slice(0, 1).map(({ path, range, message }) => {
        return `${oneLine(path)}:${range.start.line + 1}  ${oneLine(message)}`;
      });
    }
    return state.findings.map((id) => oneLine(id.replace(/#([^#@]+)@(\d+):\d+$/, ':$2  $1')));
  });
}
