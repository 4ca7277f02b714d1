/** `docs/fixes.md`: which rule has a fix in which language, as the tests apply them, and why others have none. */

/** One fix that was offered for a finding of a fixture or an example. */
export interface OfferedFix {
  readonly rule: string;
  readonly language: string;
  /** `undefined` for a finding without one. */
  readonly title: string | undefined;
}

interface RuleOfTable {
  readonly id: string;
  readonly noFix?: string;
}

const COLUMNS = [
  { name: 'JavaScript, TypeScript', languages: /^(?:javascript|typescript|vue|svelte)/ },
  { name: 'Python', languages: /^python$/ },
  { name: 'Go', languages: /^go$/ },
  { name: 'settings', languages: /^(?:dotenv|json|yaml|toml|properties)$/ },
] as const;

const HEAD = `# Fixes

Which rule has a quick fix in which language, derived from the fixtures and examples of the rules, to each of which every
fix is applied by the tests. A dash: there is a finding, and no fix for its form. Blank: no fixture in that language has such a finding.`;

/** The page. */
export function fixesPage(rules: readonly RuleOfTable[], offered: readonly OfferedFix[]): string {
  const rows = rules.map((rule) => {
    const own = offered.filter((one) => one.rule === rule.id);
    const cells = COLUMNS.map(({ languages }) => cellOf(own.filter((one) => languages.test(one.language))));
    const hasFix = own.some(({ title }) => title !== undefined);
    return `| [${rule.id}](rules/${rule.id}.md) | ${[...cells, hasFix ? '' : (rule.noFix ?? '')].join(' | ')} |`;
  });
  return `${[
    HEAD,
    [
      `| rule | ${COLUMNS.map(({ name }) => name).join(' | ')} | why there is none |`,
      `| --- |${' --- |'.repeat(COLUMNS.length + 1)}`,
      ...rows,
    ].join('\n'),
  ].join('\n\n')}\n`;
}

function cellOf(own: readonly OfferedFix[]): string {
  const titles = [...new Set(own.flatMap(({ title }) => (title === undefined ? [] : [title])))].sort();
  if (titles.length > 0) return titles.join('; ');
  return own.length > 0 ? '–' : '';
}
