/** The report as a comment on a pull request: what got worse, what is open, the checklist folded away below. */
import type { Verdict } from '../engine/index.js';
import { foldChecklist, type FoldedItem } from './fold.js';
import { findingsOf, type PlacedFinding, type Report, type ReviewedFile, type ReviewedItem } from './report.js';
import { oneLine } from './visible.js';

export interface MarkdownOptions {
  /** A rule's remedy, in a line; `undefined` for a rule that is not known. */
  remedyOf(rule: string): string | undefined;
}

/** A comment may not be longer than 65,536 characters; what is cut is counted. */
const MOST_FINDINGS = 60;
const MOST_QUESTIONS = 40;

/** The whole comment. */
export function renderMarkdown(report: Report, options: MarkdownOptions): string {
  const all = findingsOf(report);
  const open = all.filter(({ finding }) => finding.accepted === null && finding.change !== 'unchanged');
  const before = all.filter(({ finding }) => finding.accepted === null && finding.change === 'unchanged');
  const accepted = all.filter(({ finding }) => finding.accepted !== null);
  const questions = report.files.flatMap((file) => file.items.flatMap((item) => questionLines(item)));
  const sections = [
    `## AuthLens: ${headline(report, open.length, questions.length)}`,
    listSection('### This change adds to what is accepted', silencingLines(report), MOST_FINDINGS),
    listSection('### What got worse', worsened(report.files), MOST_FINDINGS),
    listSection(
      '### To fix',
      open.map((placed) => findingLine(placed, options)),
      MOST_FINDINGS,
    ),
    listSection('### To answer', questions, MOST_QUESTIONS),
    folded(`Accepted: ${accepted.length}`, accepted.slice(0, MOST_FINDINGS).map(acceptedLine)),
    folded(
      `There before: ${before.length}`,
      before.slice(0, MOST_FINDINGS).map((one) => findingLine(one, options)),
    ),
    checklistTable(foldChecklist(report.files)),
    folded(`Not reviewed: ${report.skipped.length}`, report.skipped.slice(0, MOST_FINDINGS).map(skippedLine)),
    listSection(
      '### Could not be read',
      report.errors.map(({ path, message }) => `- ${code(path)}: ${prose(message)}`),
      50,
    ),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** The checklist alone, ticked where it is known: "Copy checklist as Markdown". */
export function checklistMarkdown(files: readonly ReviewedFile[]): string {
  const lines = foldChecklist(files).flatMap(({ item, verdict, behind }) => {
    const box = verdict === 'pass' ? '[x]' : '[ ]';
    const head = `- ${box} **${item.number}. ${prose(item.question)}** ${WORDS[verdict ?? 'null']}`;
    return [head, ...new Set(behind.flatMap(({ state }) => detailLines(state)).map((line) => `  ${line}`))];
  });
  return `${lines.join('\n')}\n`;
}

const WORDS: Readonly<Record<Verdict | 'null', string>> = {
  fail: 'to fix',
  review: 'to answer',
  pass: 'in order',
  na: 'not relevant',
  null: 'not checked',
};

const MARKS: Readonly<Record<Verdict | 'null', string>> = {
  fail: '❌',
  review: '❓',
  pass: '✅',
  na: '➖',
  null: '⬜',
};

function headline(report: Report, open: number, questions: number): string {
  const isEmpty = report.files.every(({ items }) => items.every(({ verdict }) => verdict === 'na' || verdict === null));
  if (isEmpty) return 'nothing about authentication or authorization was found';
  return `${open} to fix, ${questions} to answer`;
}

function findingLine({ finding }: PlacedFinding, options: MarkdownOptions): string {
  const remedy = options.remedyOf(finding.rule);
  const related = finding.related.map(
    ({ path, range, message }) => `  - ${link(path, range.start.line)}: ${prose(message)}`,
  );
  const head = `- **${finding.severity}** ${link(finding.path, finding.range.start.line)} ${code(finding.rule)}: ${prose(finding.message)}`;
  return [remedy === undefined ? head : `${head}<br>${prose(remedy)}`, ...related].join('\n');
}

function silencingLines({ change }: Report): readonly string[] {
  return (change?.silencing ?? []).map(({ kind, path, line, text }) => {
    return `- ${kind} ${line === undefined ? code(path) : link(path, line - 1)}: ${prose(text)}`;
  });
}

function fixedLines({ change }: Report): readonly string[] {
  return (change?.fixed ?? []).slice(0, MOST_FINDINGS).map(({ path, range, rule, message }) => {
    return `- ${code(`${path}:${range.start.line + 1}`)} ${code(rule)}: ${prose(message)}`;
  });
}

function acceptedLine({ finding }: PlacedFinding): string {
  const { by, reason, until } = finding.accepted!;
  const end = until === undefined ? '' : `, until ${until}`;
  return `- ${link(finding.path, finding.range.start.line)} ${code(finding.rule)}: ${prose(reason)} (${by}${end})`;
}

function skippedLine({ path, reason }: { readonly path: string; readonly reason: string }): string {
  return `- ${code(path)}: ${reason}`;
}

/** `state: pass → fail`, the items whose verdict the change made worse. */
function worsened(files: readonly ReviewedFile[]): readonly string[] {
  const rank = { na: 0, pass: 0, review: 1, fail: 2 };
  return files.flatMap((file) =>
    file.items
      .filter(({ before, verdict }) => before !== null && verdict !== null && rank[verdict] > rank[before])
      .map(({ id, before, verdict }) => `- ${code(file.path)} **${id}: ${before} → ${verdict}**`),
  );
}

function questionLines(item: ReviewedItem): readonly string[] {
  return item.questions.map(({ path, range, text }) => `- ${link(path, range.start.line)} ${item.id}: ${prose(text)}`);
}

function detailLines(state: ReviewedItem): readonly string[] {
  const tick = state.reviewed === null ? [] : [`- ${tickWords(state)}`];
  const diff = state.sinceReviewed.map(({ kind, text }) => `  ${SIGNS[kind]} ${oneLine(text)}`);
  const block = diff.length === 0 ? [] : ['', `  ${fenceFor(diff)}diff`, ...diff, `  ${fenceFor(diff)}`, ''];
  return [...placesOf(state).map((place) => `- ${place}`), ...tick, ...block];
}

const SIGNS = { same: ' ', gone: '-', new: '+' };

/** A fence that no line of the block can end. */
function fenceFor(lines: readonly string[]): string {
  const longest = Math.max(0, ...lines.flatMap((line) => [...line.matchAll(/`+/g)].map(([run]) => run.length)));
  return '`'.repeat(Math.max(3, longest + 1));
}

function tickWords({ reviewed }: ReviewedItem): string {
  const { by, at, note, stale } = reviewed!;
  const state = stale ? 'changed since it was reviewed' : 'reviewed';
  return `${state} by ${prose(by)} on ${at.slice(0, 10)}${note === null ? '' : `: ${prose(note)}`}`;
}

function placesOf(state: ReviewedItem): readonly string[] {
  switch (state.verdict) {
    case 'fail':
      return state.findings.map(findingPlace);
    case 'review':
      return state.questions.map(({ path, range, text }) => `${link(path, range.start.line)} ${prose(text)}`);
    case 'pass':
      return state.evidence
        .slice(0, 2)
        .map(({ path, range, message }) => `${link(path, range.start.line)} ${prose(message)}`);
    default:
      return [];
  }
}

function findingPlace(id: string): string {
  const parts = /^([\s\S]*)#([^#@]+)@(\d+):\d+$/.exec(id);
  return parts === null ? code(id) : `${link(parts[1]!, Number(parts[3]) - 1)} ${code(parts[2]!)}`;
}

function checklistTable(items: readonly FoldedItem[]): string {
  const rows = items.map(({ item, verdict, behind }) => {
    const all = behind.flatMap(({ state }) => [
      ...placesOf(state),
      ...(state.reviewed === null ? [] : [tickWords(state)]),
    ]);
    const places = [...new Set(all)];
    const shown = places.slice(0, 4).join('<br>') + (places.length > 4 ? `<br>and ${places.length - 4} more` : '');
    const mark = MARKS[verdict ?? 'null'];
    return `| ${mark} | ${item.number}. ${cell(prose(item.question))} | ${cell(shown) || WORDS[verdict ?? 'null']} |`;
  });
  return folded('The checklist', ['| | Question | What stands behind it |', '| --- | --- | --- |', ...rows]);
}

function listSection(title: string, lines: readonly string[], most: number): string {
  if (lines.length === 0) return '';
  const more = lines.length > most ? [`- … and ${lines.length - most} more`] : [];
  return [title, '', ...lines.slice(0, most), ...more].join('\n');
}

function folded(summary: string, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return ['<details>', `<summary>${summary}</summary>`, '', ...lines, '', '</details>'].join('\n');
}

function link(path: string, line: number): string {
  const target = path.split('/').map(encodeURIComponent).join('/');
  return `[${prose(path)}:${line + 1}](${target}#L${line + 1})`;
}

/** Text whose code is in backquotes: that stays code, and all else means nothing to Markdown or HTML. */
function prose(text: string): string {
  return oneLine(text)
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[\\*_[\]<>#|`~@]/g, (char) => `&#${char.charCodeAt(0)};`)))
    .join('');
}

function code(text: string): string {
  const shown = oneLine(text);
  return shown.includes('`') ? prose(shown) : `\`${shown}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
