/** The report for a person at a terminal: what is wrong, what to answer, the checklist, the sum. */
import { codeFrame } from './frame.js';
import { maskedText } from './mask.js';
import type { Report, ReviewedFile, ReviewedFinding, ReviewedItem } from './report.js';
import { findingsOf, summarise } from './report.js';
import { paintSeverity, type Style } from './style.js';
import { clip, oneLine, pad, wrap } from './visible.js';

export interface TextOptions {
  readonly style: Style;
  /** Columns of the terminal. */
  readonly width: number;
  /** A rule's remedy, in a line; `undefined` for a rule that is not known. */
  remedyOf(rule: string): string | undefined;
  /** `findings` leaves out questions, checklist and sum. */
  readonly extent: 'all' | 'findings';
  /** Whether items that wait for a reviewer are listed. */
  readonly waiting: 'told' | 'untold';
}

/** The whole report, ending in a line end; empty if there is nothing to say. */
export function renderText(report: Report, options: TextOptions): string {
  const sections = [silencingSection(report, options), worseSection(report, options), findingsSection(report, options)];
  if (options.extent === 'all') {
    sections.push(questionsSection(report, options));
    sections.push(fixedSection(report, options));
    sections.push(checklistSection(report.files, options));
    sections.push(waitingSection(report, options));
    sections.push(skippedSection(report, options));
    sections.push(summarySection(report, options));
  }
  const lines = sections.filter((section) => section.length > 0).flatMap((section) => ['', ...section]);
  return lines.length === 0 ? '' : `${lines.slice(1).join('\n')}\n`;
}

/** The checklist of files alone: `authlens checklist`. */
export function checklistSection(files: readonly ReviewedFile[], options: TextOptions): readonly string[] {
  if (files.length === 0) return [];
  const tables = files.map((file) => checklistTable(file, options));
  return [options.style.strong('Checklist'), ...tables.flatMap((table) => ['', ...table])];
}

function findingsSection(report: Report, options: TextOptions): readonly string[] {
  const masked = new Map(report.files.map((file) => [file.path, maskedText(file)]));
  // What was there before the change is counted, not shown.
  const shown = findingsOf(report).filter(({ finding }) => finding.change !== 'unchanged');
  const blocks = shown.map(({ file, finding }) => findingBlock(file, finding, masked.get(file.path)!, options));
  return blocks.flatMap((block, i) => (i === 0 ? block : ['', ...block]));
}

function findingBlock(file: ReviewedFile, finding: ReviewedFinding, text: string, options: TextOptions): string[] {
  const { style, width } = options;
  const paint = (part: string) => (finding.accepted ? style.faint(part) : paintSeverity(style, finding.severity, part));
  const place = style.path(placeOf(file.path, finding.range.start));
  const about = [finding.accepted ? 'accepted' : finding.severity, ...(finding.change === 'new' ? ['new'] : [])];
  const head = `${paint(about.join(', '))}  ${style.strong(finding.rule)}  ${place}`;
  const body = [head, ...indented(finding.message, width), ''];
  body.push(...codeFrame({ text, range: finding.range, width: width - 2, style, paint }).map((line) => `  ${line}`));
  const after = finding.related.map((related) =>
    labelled('see', `${style.path(placeOf(related.path, related.range.start))}  ${oneLine(related.message)}`, options),
  );
  const remedy = options.remedyOf(finding.rule);
  if (finding.accepted !== null) after.push(acceptedLines(finding, options));
  else if (remedy !== undefined) after.push(labelled('fix', oneLine(remedy), options));
  return [...body, ...(after.length > 0 ? ['', ...after.flat()] : [])];
}

function acceptedLines(finding: ReviewedFinding, options: TextOptions): readonly string[] {
  const { by, reason, until } = finding.accepted!;
  const source = by === 'comment' ? 'ignore-comment' : 'baseline';
  const end = until === undefined ? '' : ` (until ${until})`;
  return labelled('accepted', `${oneLine(reason)}${end}, by ${source}`, options);
}

/** First of all: a change must not silence its reviewer. */
function silencingSection({ change }: Report, { style, width }: TextOptions): readonly string[] {
  if (change === undefined || change.silencing.length === 0) return [];
  const lines = change.silencing.map(({ kind, path, line, text }) => {
    const place = line === undefined ? oneLine(path) : `${oneLine(path)}:${line}`;
    return clip(`  ${kind}  ${place}  ${oneLine(text)}`, width);
  });
  return [style.strong('This change adds to what is accepted'), ...lines];
}

function worseSection({ files }: Report, { style }: TextOptions): readonly string[] {
  const rank = { na: 0, pass: 0, review: 1, fail: 2 };
  const lines = files.flatMap(({ path, items }) =>
    items
      .filter(({ before, verdict }) => before !== null && verdict !== null && rank[verdict] > rank[before])
      .map(({ id, before, verdict }) => `  ${style.path(oneLine(path))}  ${id}: ${before} → ${style.bad(verdict!)}`),
  );
  return lines.length === 0 ? [] : [style.strong('What got worse'), ...lines];
}

function fixedSection({ change }: Report, { style, width }: TextOptions): readonly string[] {
  if (change === undefined || change.fixed.length === 0) return [];
  const lines = change.fixed.map(({ path, range, rule, message }) => {
    return style.good(clip(`  ${placeOf(path, range.start)}  ${rule}: ${oneLine(message)}`, width));
  });
  return [style.strong('Fixed'), ...lines];
}

function waitingSection({ files }: Report, { style, width, waiting }: TextOptions): readonly string[] {
  if (waiting === 'untold') return [];
  const lines = files.flatMap(({ path, items }) => {
    const open = items.filter((item) => item.open).map(({ id }) => id);
    return open.length === 0 ? [] : wrap(`${oneLine(path)}: ${open.join(', ')}`, width - 2).map((line) => `  ${line}`);
  });
  return lines.length === 0 ? [] : [style.strong('Waits for a reviewer'), ...lines];
}

function questionsSection(report: Report, options: TextOptions): readonly string[] {
  const questions = report.files.flatMap((file) =>
    file.items.flatMap((item) => item.questions.map((question) => ({ item, question }))),
  );
  if (questions.length === 0) return [];
  const { style, width } = options;
  const lines = questions.flatMap(({ item, question }) => [
    `  ${style.path(placeOf(question.path, question.range.start))}  ${style.faint(item.id)}`,
    ...wrap(oneLine(question.text), Math.min(width, READABLE) - 4).map((line) => `    ${line}`),
  ]);
  return [style.strong('Questions'), ...lines];
}

function checklistTable(file: ReviewedFile, options: TextOptions): readonly string[] {
  const { style, width } = options;
  const shown = [...file.items]
    .filter(({ verdict }) => verdict !== 'na' && verdict !== null)
    .sort((a, b) => rank(a) - rank(b));
  const idWidth = Math.max(0, ...shown.map(({ id }) => id.length));
  const rows = shown.map((item) => {
    const words = clip(`${changeOf(item)}${factOf(file, item)}${tickOf(item)}`, Math.max(20, width - idWidth - 8));
    return `  ${markOf(item, style)} ${pad(item.id, idWidth)}  ${style.faint(words)}`;
  });
  const irrelevant = file.items.filter(({ verdict }) => verdict === 'na').length;
  const unchecked = file.items.filter(({ verdict }) => verdict === null).map(({ id }) => id);
  const remarks = [
    ...(irrelevant === file.items.length ? ['nothing here is about authentication or authorization'] : []),
    ...(irrelevant > 0 && irrelevant < file.items.length ? [`${irrelevant} not relevant here`] : []),
    ...(unchecked.length > 0
      ? [`not checked: ${unchecked.length > 4 ? count(unchecked.length, 'item') : unchecked.join(', ')}`]
      : []),
  ];
  return [style.path(oneLine(file.path)), ...rows, ...remarks.flatMap((remark) => remarkLines(remark, options))];
}

function remarkLines(remark: string, { style, width }: TextOptions): readonly string[] {
  const [first, ...rest] = wrap(remark, Math.min(width, READABLE) - 4);
  return [`  ${style.faint(`– ${first}`)}`, ...rest.map((line) => `    ${style.faint(line)}`)];
}

const RANK = { fail: 0, review: 1, pass: 2, na: 3 };

function rank(item: ReviewedItem): number {
  return item.verdict === null ? 4 : RANK[item.verdict];
}

function markOf(item: ReviewedItem, style: Style): string {
  switch (item.verdict) {
    case 'fail':
      return style.bad('✗');
    case 'review':
      return style.doubtful('?');
    case 'pass':
      return style.good('✓');
    default:
      return '–';
  }
}

/** What stands behind a verdict, in one line. */
function factOf(file: ReviewedFile, item: ReviewedItem): string {
  if (item.verdict === 'fail') return item.findings.map((id) => placeOfFinding(file.path, id)).join(', ');
  if (item.verdict === 'pass') return oneLine(item.evidence[0]?.message ?? '');
  const question = item.questions[0];
  if (question !== undefined) return oneLine(question.text);
  return item.findings.map((id) => placeOfFinding(file.path, id)).join(', ');
}

/** `line 45 (rule)`, or `other.ts:45 (rule)` for a finding that sits elsewhere. */
function placeOfFinding(path: string, id: string): string {
  const parts = /^([\s\S]*)#([^#@]+)@(\d+):\d+$/.exec(id);
  if (parts === null) return id;
  const [, where, rule, line] = parts;
  return where === path ? `line ${line} ${rule}` : `${where}:${line} ${rule}`;
}

function changeOf(item: ReviewedItem): string {
  return item.before !== null && item.before !== item.verdict ? `${item.before} → ${item.verdict}: ` : '';
}

function tickOf(item: ReviewedItem): string {
  if (item.reviewed === null) return '';
  return item.reviewed.stale ? '  (changed since reviewed)' : `  (reviewed by ${oneLine(item.reviewed.by)})`;
}

function skippedSection(report: Report, { style, width }: TextOptions): readonly string[] {
  if (report.skipped.length === 0) return [];
  const lines = report.skipped.map(({ path, reason }) => style.faint(clip(`  ${oneLine(path)}: ${reason}`, width)));
  const shown = lines.slice(0, MOST_SKIPPED);
  const more = lines.length - shown.length;
  return [style.strong('Skipped'), ...shown, ...(more > 0 ? [style.faint(`  and ${more} more`)] : [])];
}

function summarySection(report: Report, { style, width }: TextOptions): readonly string[] {
  const { findings, verdicts } = summarise(report.files);
  if (report.files.every((file) => file.items.every(({ verdict }) => verdict === 'na' || verdict === null))) {
    return wrap(`Nothing about authentication or authorization was found in ${count(report.looked, 'file')}.`, width);
  }
  const accepted = findingsOf(report).filter(({ finding }) => finding.accepted !== null).length;
  const before = findingsOf(report).filter(({ finding }) => finding.change === 'unchanged').length;
  const fixed = report.change?.fixed.length ?? 0;
  const plain = (text: string) => text;
  const parts: readonly (readonly [text: string, paint: (text: string) => string])[] = [
    [`${count(report.files.length, 'file')} about auth of ${report.looked} looked at`, plain],
    [count(findings.error, 'error'), findings.error > 0 ? style.bad : style.faint],
    [count(findings.warning, 'warning'), findings.warning > 0 ? style.doubtful : style.faint],
    ...(findings.info > 0 ? [[count(findings.info, 'note'), style.note] as const] : []),
    ...(before > 0 ? [[`${before} there before`, style.faint] as const] : []),
    ...(fixed > 0 ? [[`${fixed} fixed`, style.good] as const] : []),
    ...(accepted > 0 ? [[`${accepted} of them accepted`, style.faint] as const] : []),
    ...(verdicts.review > 0 ? [[`${verdicts.review} to review`, style.doubtful] as const] : []),
    ...(verdicts.pass > 0 ? [[`${verdicts.pass} in order`, style.good] as const] : []),
  ];
  const isNarrow = parts.map(([text]) => text).join(' · ').length > width;
  const painted = parts.map(([text, paint]) => paint(text));
  return isNarrow ? painted : [painted.join(style.faint(' · '))];
}

const READABLE = 100;
const MOST_SKIPPED = 20;

function indented(text: string, width: number): readonly string[] {
  return wrap(oneLine(text), Math.min(width, READABLE) - 2).map((line) => `  ${line}`);
}

function labelled(label: string, text: string, { style, width }: TextOptions): readonly string[] {
  const [first, ...rest] = wrap(text, Math.min(width, READABLE) - label.length - 4);
  const margin = ' '.repeat(label.length + 4);
  return [`  ${style.faint(label)}  ${first}`, ...rest.map((line) => `${margin}${line}`)];
}

function placeOf(path: string, start: { readonly line: number; readonly character: number }): string {
  return `${oneLine(path)}:${start.line + 1}:${start.character + 1}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
