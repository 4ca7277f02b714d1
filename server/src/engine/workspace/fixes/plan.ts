/** From an intent to edits: every step, or none of them. */
import type { FixIntent, FixStep, FixTarget, Spelled } from '../../rules/fix-intent.js';
import type { CallExpr } from '../../ir/ir.js';
import type { CallSite } from '../../semantics/value.js';
import { blankSetting } from './settings.js';
import { demandSecret } from './demand.js';
import { clash, distinct, type Edit, grownTogether } from './edit.js';
import { changeLifetime, shortTime } from './lifetime.js';
import {
  alsoReject,
  comparePrefix,
  compareWhole,
  demandCompared,
  dropAlternative,
  endAfter,
  inWords,
} from './conditions.js';
import { randomAt } from './random.js';
import { errorText, redact } from './redact.js';
import { dropWords, removeAllAt, removeAt } from './remove.js';
import { type Source, type Sources, sourceOf, spotAt } from './source.js';
import { writeRole } from './write-role.js';

/** The edits of an intent; `undefined` where one of its steps can't be made here. */
export function planFix(sources: Sources, intent: FixIntent): readonly Edit[] | undefined {
  const edits: Edit[] = [];
  for (const step of intent.steps) {
    const made = planStep(sources, step);
    if (!made || made.length === 0) return undefined;
    edits.push(...made);
  }
  const all = grownTogether(distinct(edits));
  const isSound = all.every((edit, i) => all.slice(i + 1).every((other) => !clash(edit, other)));
  return isSound && all.length > 0 ? all : undefined;
}

function planStep(sources: Sources, step: FixStep): readonly Edit[] | undefined {
  if ('set' in step) return setRole(sources, step);
  if ('replace' in step) return replaceAt(sources, step);
  if ('remove' in step) return removeAt(sources, step.remove);
  if ('removeAll' in step) return removeAllAt(sources, step.removeAll);
  if ('dropAlternative' in step) return dropAlternative(sources, step.dropAlternative);
  if ('errorText' in step) return errorText(sources, step.errorText);
  if ('alsoReject' in step) return alsoReject(sources, step.alsoReject, step.field, step.when);
  if ('endAfter' in step) return endAfter(sources, step.endAfter);
  if ('lifetime' in step) return changeLifetime(sources, step.lifetime, step.was, step.seconds);
  if ('redact' in step) return redact(sources, step.redact);
  if ('compareWhole' in step) return compareWhole(sources, step.compareWhole);
  if ('comparePrefix' in step) return comparePrefix(sources, step.comparePrefix);
  if ('demandCompared' in step) return demandCompared(sources, step.demandCompared);
  if ('demand' in step) return demandSecret(sources, step.demand, step.name);
  if ('dropWords' in step) return dropWords(sources, step.dropWords, step.words, step.instead);
  if ('inWords' in step) return inWords(sources, step.inWords);
  if ('ownOrigin' in step) return ownOrigin(sources, step.ownOrigin);
  if ('random' in step) return randomAt(sources, step.random, step.keepForm === true);
  return blankSetting(sources, step.blank);
}

/** How a value is written in a file's language. */
export function spell(source: Source, value: Spelled): string {
  const { edits, text } = source;
  return typeof value === 'object' && value !== null
    ? edits.list(value.map((item) => edits.literal(item, text)))
    : edits.literal(value, text);
}

function setRole(sources: Sources, step: Extract<FixStep, { set: unknown }>): readonly Edit[] | undefined {
  const { set: role, of } = step;
  const site = siteOf(of);
  const source = sourceOf(sources, site?.path ?? of.path);
  if (!site || !source) return undefined;
  const writing = of.write?.[role];
  if (writing) {
    const text = withLifetime(source, writing.text, step.seconds ?? USUAL_SECONDS);
    const code = step.to === undefined ? text : withValue(text, spell(source, step.to));
    return writeRole(sources, site, { ...writing, code });
  }
  const at = of.paths?.[role];
  const value = step.to ?? step.or;
  const isKnown = typeof value === 'boolean' || !source.edits.hasTypedFields;
  return at !== undefined && value !== undefined && isKnown
    ? writeRole(sources, site, { at, code: spell(source, value) })
    : undefined;
}

/** A lifetime where nothing else is said. */
const USUAL_SECONDS = 900;

function withLifetime(source: Source, code: string, seconds: number): string {
  const { edits, text } = source;
  return code
    .replaceAll('{{:duration}}', () => edits.duration?.(seconds) ?? String(seconds))
    .replaceAll('{{:seconds}}', String(seconds))
    .replaceAll('{{:short}}', () => edits.literal(shortTime(seconds), text));
}

/** The value in a model's code: all of it, or what its call is given. */
function withValue(code: string, value: string): string {
  const call = /^(\{\{[^}]+\}\}|[\w.]+)\([\s\S]*\)$/.exec(code);
  return call ? `${call[1]}(${value})` : value;
}

function siteOf(of: FixTarget): CallSite | undefined {
  if (of.site) return of.site;
  const node = of.node;
  return node && 'kind' in node && node.kind === 'call'
    ? { path: of.path, call: node as CallExpr, frame: undefined }
    : undefined;
}

function ownOrigin(
  sources: Sources,
  place: Extract<FixStep, { ownOrigin: unknown }>['ownOrigin'],
): readonly Edit[] | undefined {
  const source = sourceOf(sources, place.path);
  const spot = source && spotAt(source, place);
  if (!source?.edits.ownOrigin || spot?.expr.kind !== 'literal') return undefined;
  return [{ path: source.path, span: spot.expr.span, text: source.edits.ownOrigin }];
}

function replaceAt(sources: Sources, step: Extract<FixStep, { replace: unknown }>): readonly Edit[] | undefined {
  const source = sourceOf(sources, step.replace.path);
  const spot = source && spotAt(source, step.replace);
  if (!source || !spot) return undefined;
  const code = spell(source, step.with);
  if (spot.entry?.entry.shorthand && spot.entry.entry.key !== undefined)
    return [
      {
        path: source.path,
        span: spot.entry.entry.span,
        text: source.edits.entry(spot.entry.entry.key, code, source.text),
      },
    ];
  return [{ path: source.path, span: spot.expr.span, text: code }];
}
