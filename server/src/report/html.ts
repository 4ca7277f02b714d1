/** The report as one page without scripts, for a browser and above all for paper: the checklist with boxes to tick. */
import { aboutWords, type Verdict } from '../engine/index.js';
import { plainFrame } from './frame.js';
import { foldChecklist, type FoldedItem } from './fold.js';
import { maskedText } from './mask.js';
import { findingsOf, type PlacedFinding, type Report, type ReviewedItem, summarise } from './report.js';
import { oneLine, visible } from './visible.js';

export interface HtmlOptions {
  /** A rule's remedy, in a line; `undefined` for a rule that is not known. */
  remedyOf(rule: string): string | undefined;
}

/** The whole page. */
export function renderHtml(report: Report, options: HtmlOptions): string {
  const open = findingsOf(report).filter(({ finding }) => finding.accepted === null && finding.change !== 'unchanged');
  const accepted = findingsOf(report).filter(({ finding }) => finding.accepted !== null);
  const sections = [
    section('The checklist', `<ol class="items">${foldChecklist(report.files).map(itemEntry).join('\n')}</ol>`),
    open.length === 0 ? '' : section('To fix', open.map((placed) => findingEntry(placed, options)).join('\n')),
    accepted.length === 0 ? '' : section('Accepted', `<ul>${accepted.map(acceptedEntry).join('\n')}</ul>`),
    report.skipped.length === 0
      ? ''
      : section('Not reviewed', list(report.skipped.map(({ path, reason }) => `${path}: ${reason}`))),
    report.errors.length === 0
      ? ''
      : section('Could not be read', list(report.errors.map(({ path, message }) => `${path}: ${message}`))),
  ];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Auth review</title>
<style>
${STYLE}
</style>
</head>
<body>
<header>
<h1>Auth review</h1>
<p>${headline(report)}</p>
</header>
<main>
${sections.filter((part) => part !== '').join('\n')}
</main>
<footer>
<p class="sign">Reviewed by <span></span> on <span></span></p>
<p>AuthLens ${escaped(report.version)}. A tick says that a person looked; names are git’s, and nobody has checked them.</p>
</footer>
</body>
</html>
`;
}

function headline(report: Report): string {
  const { findings, verdicts, files } = summarise(report.files);
  const since = report.change === undefined ? '' : `, changes since ${escaped(report.change.revision)}`;
  return `${count(files, 'file')} about auth of ${report.looked} looked at${since}: ${count(findings.error, 'error')}, ${count(findings.warning, 'warning')}, ${count(verdicts.review, 'question')}, ${verdicts.pass} in order.`;
}

const WORDS: Readonly<Record<Verdict | 'null', string>> = {
  fail: 'to fix',
  review: 'to answer',
  pass: 'in order',
  na: 'not relevant here',
  null: 'not checked',
};

function itemEntry({ item, verdict, behind }: FoldedItem): string {
  const name = verdict ?? 'null';
  const isTicked = behind.length > 0 && behind.every(({ state }) => state.reviewed !== null && !state.reviewed.stale);
  const details = new Set(behind.flatMap(({ file, state }) => [...groundsOf(state), ...tickOf(file.path, state)]));
  return `<li class="${name}">
<span class="box" aria-hidden="true">${isTicked ? '✓' : ''}</span>
<div><p class="question">${item.number}. ${prose(item.question)} <span class="verdict">${WORDS[name]}</span></p>
<p class="about">${aboutWords(item)}</p>
${details.size === 0 ? '' : `<ul>${[...details].map((detail) => `<li>${detail}</li>`).join('\n')}</ul>`}</div></li>`;
}

function groundsOf(state: ReviewedItem): readonly string[] {
  switch (state.verdict) {
    case 'fail':
      return state.findings.map(findingPlace);
    case 'review':
      return state.questions.map(
        ({ path, range, text }) => `${place(path, range.start.line)} ${prose(text)}<span class="line"></span>`,
      );
    case 'pass':
      return state.evidence
        .slice(0, 3)
        .map(({ path, range, message }) => `${place(path, range.start.line)} ${prose(message)}`);
    default:
      return [];
  }
}

/** `path#rule@line:column`, as a place and a rule. */
function findingPlace(id: string): string {
  const parts = /^([\s\S]*)#([^#@]+)@(\d+):\d+$/.exec(id);
  return parts === null ? escaped(id) : `${place(parts[1]!, Number(parts[3]) - 1)} <code>${escaped(parts[2]!)}</code>`;
}

function tickOf(path: string, { reviewed }: ReviewedItem): readonly string[] {
  if (reviewed === null) return [];
  const words = reviewed.stale ? 'Changed since it was reviewed' : 'Reviewed';
  const note = reviewed.note === null ? '' : `: “${prose(reviewed.note)}”`;
  return [
    `<em>${words} in ${escaped(path)} by ${escaped(reviewed.by)} on ${escaped(reviewed.at.slice(0, 10))}${note}</em>`,
  ];
}

function findingEntry({ file, finding }: PlacedFinding, options: HtmlOptions): string {
  const remedy = options.remedyOf(finding.rule);
  const related = finding.related.map(
    ({ path, range, message }) => `<li>${place(path, range.start.line)} ${prose(message)}</li>`,
  );
  return `<article class="${finding.severity}">
<h3>${place(finding.path, finding.range.start.line)} <code>${escaped(finding.rule)}</code> <span class="verdict">${finding.severity}</span></h3>
<p>${prose(finding.message)}</p>
<pre>${escaped(plainFrame(maskedText(file), finding.range, 84))}</pre>
${related.length === 0 ? '' : `<ul>${related.join('\n')}</ul>`}
${remedy === undefined ? '' : `<p class="remedy">${prose(remedy)}</p>`}
</article>`;
}

function acceptedEntry({ finding }: PlacedFinding): string {
  const { by, reason, until } = finding.accepted!;
  const end = until === undefined ? '' : `, until ${escaped(until)}`;
  return `<li>${place(finding.path, finding.range.start.line)} <code>${escaped(finding.rule)}</code>: ${prose(reason)} (${by}${end})</li>`;
}

function section(title: string, body: string): string {
  return `<section>\n<h2>${title}</h2>\n${body}\n</section>`;
}

function list(lines: readonly string[]): string {
  return `<ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('\n')}</ul>`;
}

function place(path: string, line: number): string {
  return `<span class="place">${escaped(path)}:${line + 1}</span>`;
}

/** Text whose code is in backquotes. */
function prose(text: string): string {
  return oneLine(text)
    .split(/`([^`]+)`/)
    .map((part, i) => (i % 2 === 1 ? `<code>${escaped(part)}</code>` : escaped(part)))
    .join('');
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return visible(text).replace(/[&<>"']/g, (char) => entities[char]!);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

const STYLE = `:root { color-scheme: light; --bad: #b3261e; --doubt: #8a5a00; --good: #1b6e3c; --faint: #5f6368; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1f1f1f; background: #fff; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .75rem; border-bottom: 1px solid #ccc; padding-bottom: .25rem; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .25rem 0; }
code, pre, .place { font: .82em/1.45 ui-monospace, Menlo, Consolas, monospace; }
pre { background: #f6f6f4; padding: .5rem .75rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
ul { margin: .25rem 0; padding-left: 1.1rem; }
.items { list-style: none; padding: 0; }
.items > li { display: flex; gap: .75rem; padding: .45rem 0; break-inside: avoid; }
.box { flex: none; width: 1.1rem; height: 1.1rem; border: 1.5px solid #333; border-radius: 2px; margin-top: .2rem; line-height: 1; text-align: center; }
.question { margin: 0; font-weight: 600; }
.about { margin: 0; color: var(--faint); font-size: .85rem; }
.verdict { font-weight: 400; font-size: .85rem; white-space: nowrap; }
.fail .verdict, .error .verdict { color: var(--bad); }
.review .verdict, .warning .verdict { color: var(--doubt); }
.pass .verdict { color: var(--good); }
.na, .null { color: var(--faint); }
.na .box, .null .box { border-color: #bbb; }
.na .about, .null .about { display: none; }
.line { display: block; border-bottom: 1px solid #999; height: 1.6rem; max-width: 30rem; }
article { margin: 0 0 1.25rem; break-inside: avoid; }
.remedy::before { content: "Fix: "; font-weight: 600; }
footer { margin-top: 2.5rem; color: var(--faint); font-size: .85rem; }
.sign span { display: inline-block; width: 12rem; border-bottom: 1px solid #999; }
@media print {
  @page { margin: 18mm 16mm; }
  body { font-size: 10.5pt; margin: 0; max-width: none; padding: 0; }
  pre { border: 1px solid #ccc; background: none; }
  h2 { break-after: avoid; }
}`;
