/** `authlens explain` and `authlens rules`: what is looked at, and why. */
import { itemText, ruleText } from '../engine/index.js';
import { CHECKLIST, itemById } from '../engine/index.js';
import { COLOURED, PLAIN, paintSeverity } from '../report/style.js';
import { pad, wrap } from '../report/visible.js';
import { type Context, hasColour, widthOf } from './check.js';
import { UsageError } from './terminal.js';

/** Explains a rule or an item. */
export function explain(context: Context, name: string, options: { readonly color: boolean }): number {
  const { engine, terminal } = context;
  const rule = engine.RULES.find(({ id }) => id === name);
  const item = itemById(name) ?? CHECKLIST.find(({ number }) => String(number) === name);
  if (rule === undefined && item === undefined) {
    const [nearest] = nearestTo(name, [...engine.RULES.map(({ id }) => id), ...CHECKLIST.map(({ id }) => id)]);
    const hint = nearest === undefined ? 'authlens rules lists them' : `did you mean "${nearest}"?`;
    throw new UsageError(`there is no rule or item "${name}"; ${hint}`);
  }
  const style = hasColour(terminal, options) ? COLOURED : PLAIN;
  const text = rule === undefined ? itemText(item!, engine.RULES) : ruleText(rule);
  const [title = '', ...rest] = wrapped(text, widthOf(terminal, {}));
  terminal.print(`${[style.strong(title), ...rest].join('\n')}\n`);
  return 0;
}

/** Lists every rule below its item. */
export function listRules(context: Context, options: { readonly color: boolean }): number {
  const { engine, terminal } = context;
  const style = hasColour(terminal, options) ? COLOURED : PLAIN;
  const idWidth = Math.max(0, ...engine.RULES.map(({ id }) => id.length));
  const rows = (item: string | undefined) =>
    engine.RULES.filter((rule) => rule.item === item).map(({ id, title, severities }) => {
      const [worst = 'info'] = severities;
      return `  ${pad(id, idWidth)}  ${paintSeverity(style, worst, pad(worst, 7))}  ${title}`;
    });
  const sections = CHECKLIST.map((item) => ({ head: `${item.number}. ${item.question}`, rows: rows(item.id) }));
  const own = { head: 'About ignore-comments', rows: rows(undefined) };
  const text = [...sections, own]
    .filter((section) => section.rows.length > 0)
    .map((section) => [style.strong(section.head), ...section.rows].join('\n'))
    .join('\n\n');
  terminal.print(`${text}\n`);
  return 0;
}

/** Breaks the lines that are prose; code keeps its own. */
function wrapped(text: string, width: number): readonly string[] {
  const readable = Math.min(width, 100);
  return text
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      const indent = /^ */.exec(line)![0];
      if (indent.length >= 4 || /https?:/.test(line)) return [line];
      return wrap(line.slice(indent.length), readable - indent.length).map((part) => indent + part);
    });
}

/** Names that differ little from what was typed, the nearest first. */
function nearestTo(typed: string, names: readonly string[]): readonly string[] {
  return names
    .map((name) => ({ name, distance: distance(typed, name) }))
    .filter((candidate) => candidate.distance <= Math.max(2, typed.length / 4))
    .sort((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
