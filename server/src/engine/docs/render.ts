/**
 * A rule in words: as the hover over a finding, as a page of the documentation, as text in a terminal. All from the
 * rule's own fields, so that no surface can say something else than another.
 */
import { CHECKLIST, type ChecklistItem, itemById } from '../checklist/items.js';
import type { Severity } from '../checklist/report.js';
import { cweReference, leadingReferences, referenceFrom, type Reference, referencesOf, STANDARDS } from './standards.js';

/** What is known of a rule without running it. */
export interface RuleInfo {
  readonly id: string;
  /** `undefined` for the tool's own findings about ignore-comments. */
  readonly item: ChecklistItem['id'] | undefined;
  readonly title: string;
  readonly why: string;
  /** What somebody does with it, in at most three sentences. */
  readonly attack: string;
  readonly remedy: string;
  readonly severities: readonly Severity[];
  readonly precision: string;
  readonly cwe: readonly number[];
  readonly references: readonly string[];
  readonly examples: readonly RuleExample[];
  /** Where the checklist is stricter than the standards: one sentence that says so. */
  readonly stricter?: string;
}

export interface RuleExample {
  readonly language: string;
  readonly vulnerable: string;
  readonly fixed: string;
}

/** What a hover says of one place beside what the rule says of all: how to put it right here, with this library. */
export interface HoverPlace {
  readonly language: string;
  /** The code that puts it right; the rule's own example of the language stands in for it. */
  readonly code?: string;
}

/** The hover over a finding. The editor shows the message above it, so it is not repeated. */
export function ruleHover(rule: RuleInfo, place: HoverPlace): string {
  const code = place.code ?? exampleFor(rule, place.language)?.fixed;
  return paragraphs([
    rule.attack,
    `**Fix:** ${rule.remedy}`,
    code === undefined ? '' : fence(place.language, code),
    itemLine(rule),
    departureOf(rule) ?? '',
    hoverReferences(rule).map(markdownLink).join(' · '),
  ]);
}

/** The rule's page in `docs/rules/`. */
export function rulePage(rule: RuleInfo, libraries: readonly string[]): string {
  const item = rule.item === undefined ? undefined : itemById(rule.item);
  const departure = departureOf(rule);
  return `${paragraphs([
    `# ${rule.title}`,
    `\`${rule.id}\` · ${rule.severities.join(', ')} · precision: ${rule.precision}`,
    item === undefined ? '' : `Item ${item.number} of the checklist, ${aboutWords(item)}: *${item.question}*`,
    `## Why it matters\n\n${rule.why}`,
    `## The attack\n\n${rule.attack}`,
    `## The remedy\n\n${rule.remedy}`,
    ...rule.examples.map(examplePair),
    departure === undefined ? '' : `## Where the standards differ\n\n${departure}`,
    libraries.length === 0 ? '' : `## Libraries it knows\n\n${libraries.join(', ')}`,
    `## References\n\n${pageReferences(rule).map((reference) => `- ${markdownLink(reference)}`).join('\n')}`,
    ignoreHint(rule),
  ])}\n`;
}

/** The rule for a terminal: `authlens explain`. Lines are not wrapped; code is indented by four. */
export function ruleText(rule: RuleInfo): string {
  const item = rule.item === undefined ? undefined : itemById(rule.item);
  const example = rule.examples[0];
  return `${paragraphs([
    `${rule.title}\n${rule.id} (${rule.severities.join(', ')})`,
    item === undefined ? '' : `Checklist item ${item.number}, ${item.id}, ${aboutWords(item)}: ${item.question}`,
    `Why it matters\n  ${rule.why}`,
    `The attack\n  ${rule.attack}`,
    `The remedy\n  ${rule.remedy}`,
    example === undefined ? '' : `Instead of\n${indent(example.vulnerable)}`,
    example === undefined ? '' : `write\n${indent(example.fixed)}`,
    `References\n${pageReferences(rule).map(terminalLink).join('\n')}`,
  ])}\n`;
}

/** An item of the checklist for a terminal: its question, its rules, its standards. */
export function itemText(item: ChecklistItem, rules: readonly RuleInfo[]): string {
  const id = item.id as keyof typeof STANDARDS;
  const own = rules.filter((rule) => rule.item === item.id);
  return `${paragraphs([
    `${item.number}. ${item.question}\n${item.id}, ${aboutWords(item)}`,
    own.length === 0 ? '' : `Rules\n${own.map((rule) => `  ${rule.id}\n      ${rule.title}`).join('\n')}`,
    STANDARDS[id].departure === undefined ? '' : `Where the standards differ\n  ${STANDARDS[id].departure}`,
    `References\n${referencesOf(id).map(terminalLink).join('\n')}`,
  ])}\n`;
}

/** `docs/checklist.md`: the sixteen items with their rules and standards. */
export function checklistPage(rules: readonly RuleInfo[]): string {
  const sections = CHECKLIST.map((item) => {
    const own = rules.filter((rule) => rule.item === item.id);
    const departure = (STANDARDS[item.id] as { departure?: string }).departure;
    return paragraphs([
      `## ${item.number}. ${item.question}`,
      `\`${item.id}\`, ${aboutWords(item)}`,
      departure ?? '',
      own.length === 0
        ? 'No rule looks at this yet.'
        : own.map((rule) => `- [\`${rule.id}\`](rules/${rule.id}.md): ${rule.title}`).join('\n'),
      referencesOf(item.id).map(markdownLink).join(' · '),
    ]);
  });
  return `${paragraphs([
    '# The checklist',
    'Sixteen questions that AuthLens asks of every file. Each is answered with `fail` (the code shows the problem), `pass` (the code shows that it is done), `review` (a person must decide) or `na` (nothing here makes it relevant).',
    ...sections,
  ])}\n`;
}

/** The words that keep authentication and authorization apart. */
export function aboutWords(item: ChecklistItem): string {
  switch (item.about) {
    case 'authentication':
      return 'about authentication (who are you?)';
    case 'authorization':
      return 'about authorization (what may you do?)';
    case 'both':
      return 'about authentication and authorization';
  }
}

function itemLine(rule: RuleInfo): string {
  const item = rule.item === undefined ? undefined : itemById(rule.item);
  return item === undefined ? '' : `*${item.question}* (${item.about === 'both' ? 'authentication and authorization' : item.about})`;
}

function hoverReferences(rule: RuleInfo): readonly Reference[] {
  const item = rule.item as keyof typeof STANDARDS | undefined;
  const own = rule.references.map(referenceFrom).slice(0, 2);
  const standards = item === undefined ? [] : leadingReferences(item);
  return distinct([...own, ...standards, ...rule.cwe.slice(0, 2).map(cweReference)]);
}

function pageReferences(rule: RuleInfo): readonly Reference[] {
  const item = rule.item as keyof typeof STANDARDS | undefined;
  const general = item === undefined ? [] : referencesOf(item).filter(({ label }) => !label.startsWith('CWE-'));
  return distinct([...rule.references.map(referenceFrom), ...rule.cwe.map(cweReference), ...general]);
}

function distinct(references: readonly Reference[]): readonly Reference[] {
  return references.filter((one, i) => references.findIndex(({ label }) => label === one.label) === i);
}

function exampleFor(rule: RuleInfo, language: string): RuleExample | undefined {
  const family = familyOf(language);
  return rule.examples.find((example) => familyOf(example.language) === family);
}

function familyOf(language: string): string {
  return /^(?:java|type)script(?:react)?$|^vue$|^svelte$/.test(language) ? 'javascript' : language;
}

function examplePair({ language, vulnerable, fixed }: RuleExample): string {
  return `Instead of\n\n${fence(language, vulnerable)}\n\nwrite\n\n${fence(language, fixed)}`;
}

function ignoreHint(rule: RuleInfo): string {
  if (rule.item === undefined) return '';
  return `To accept it at one place, say why: \`authlens-ignore ${rule.id} -- REASON\`.`;
}

function fence(language: string, code: string): string {
  const ticks = '`'.repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map((run) => run[0].length + 1)));
  return `${ticks}${language}\n${code.trimEnd()}\n${ticks}`;
}

function indent(code: string): string {
  return code.trimEnd().split('\n').map((line) => `    ${line}`).join('\n');
}

function markdownLink({ label, url }: Reference): string {
  return url === undefined ? label : `[${label}](${url})`;
}

function terminalLink({ label, url }: Reference): string {
  return url === undefined ? `  ${label}` : `  ${label}  ${url}`;
}

/** Where the checklist and the standards part, as this rule or its item says it. */
function departureOf(rule: RuleInfo): string | undefined {
  return rule.stricter ?? (rule.item === undefined ? undefined : STANDARDS[rule.item as keyof typeof STANDARDS].departure);
}

function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
