/** From facts to reports: rules give findings, examiners evidence and questions, the fold verdicts. */
import type { Place } from '../base/span.js';
import { CHECKLIST, type ChecklistItemId } from '../checklist/items.js';
import type {
  Accepted,
  Evidence,
  FileReport,
  Finding,
  ItemState,
  Question,
  Severity,
  Verdict,
} from '../checklist/report.js';
import { EXAMINERS } from '../checklist/examiners/index.js';
import type { Fact, FactKind } from '../facts/kinds.js';
import { RULES } from '../rules/index.js';
import type { FixIntent, Report, Rule, RuleContext } from '../rules/rule.js';
import type { Config } from './config.js';
import type { WorkspaceFacts } from './facts.js';
import { isFixable } from './fixes.js';
import type { FileState } from './project.js';
import { findingFingerprint, findingKey, leafTokens, reviewFingerprint, statementAround } from './fingerprint.js';
import { suppressionsOf } from './suppressions.js';
import { isTestPath } from './test-code.js';

/** What checking needs beside facts. */
export interface CheckInput {
  readonly files: ReadonlyMap<string, FileState>;
  readonly paths: readonly string[];
  readonly facts: WorkspaceFacts;
  readonly configOf: (path: string) => Config;
  /** `YYYY-MM-DD`, what ignore-comments are held against. */
  readonly today: string;
  readonly onError: (who: string, path: string, error: unknown) => void;
}

interface Raw {
  readonly rule: Rule;
  readonly report: Report;
  readonly files: readonly string[];
}

/** A report for each file that was looked at, and what rules would do about a finding, by its id. */
export interface Checked {
  readonly reports: ReadonlyMap<string, FileReport>;
  readonly intents: ReadonlyMap<string, readonly FixIntent[]>;
}

/** Checks the workspace. */
export function checkWorkspace(input: CheckInput): Checked {
  const raw = dropRepeats(runRules(input));
  const findingsByFile = new Map<string, Finding[]>();
  const intents = new Map<string, readonly FixIntent[]>();
  const sources = { files: input.files, s: input.facts.s };
  const counters = new Map<string, number>();
  const acceptedByFile = new Map<string, ReturnType<typeof acceptance>>();
  const ordered = [...raw].sort((a, b) => comparePlaces(a.report.at, b.report.at) || (a.rule.id < b.rule.id ? -1 : 1));
  for (const { rule, report, files } of ordered) {
    const guarded = (ask: () => boolean) => {
      try {
        return ask();
      } catch (error) {
        input.onError(`fix of ${rule.id}`, report.at.path, error);
        return false;
      }
    };
    const state = input.files.get(report.at.path);
    if (!state) continue;
    const severity = severityOf(input, rule, report);
    if (!severity) continue;
    const accept = memo(acceptedByFile, report.at.path, () => acceptance(input, state));
    const key = findingKey(rule.id, state.index(), state.text, report.at.span);
    const counter = counters.get(`${report.at.path}\n${key}`) ?? 0;
    counters.set(`${report.at.path}\n${key}`, counter + 1);
    const range = state.lines.range(report.at.span);
    const id = `${report.at.path}#${rule.id}@${range.start.line + 1}:${range.start.character + 1}`;
    const wanted = [report.fix ?? []].flat();
    let canFix: boolean | undefined;
    if (wanted.length > 0) intents.set(id, wanted);
    const finding: Finding = {
      id,
      rule: rule.id,
      item: rule.item,
      severity,
      message: report.message,
      path: report.at.path,
      span: report.at.span,
      range,
      related: (report.related ?? []).flatMap(({ place, message }) => {
        const there = input.files.get(place.path);
        return there ? [{ path: place.path, span: place.span, range: there.lines.range(place.span), message }] : [];
      }),
      fingerprint: findingFingerprint(key, counter),
      // Found out when it is asked for: a workspace holds many findings that nobody looks at.
      get fixable() {
        canFix ??= guarded(() => isFixable(sources, wanted));
        return canFix;
      },
      accepted: accept.of(rule.id, report.at.span),
      files,
    };
    push(findingsByFile, report.at.path, finding);
  }
  for (const path of input.paths) {
    const state = input.files.get(path);
    if (!state) continue;
    const accept = memo(acceptedByFile, path, () => acceptance(input, state));
    for (const own of accept.own(findingsByFile.get(path) ?? [])) push(findingsByFile, path, own);
  }
  const all = [...findingsByFile.values()].flat();
  const reports = new Map<string, FileReport>();
  for (const path of input.paths) {
    const state = input.files.get(path);
    if (state)
      reports.set(
        path,
        fileReport(
          input,
          state,
          findingsByFile.get(path) ?? [],
          all.filter((f) => f.files.includes(path)),
        ),
      );
  }
  return { reports, intents };
}

function contextFor(input: CheckInput, path: string): RuleContext {
  const { facts } = input;
  return {
    limits: input.configOf(path).limits,
    facts: (kind) => facts.kind(path, kind),
    all: (kind) => facts.all(kind),
    dominates: (before, after) =>
      before.path === after.path &&
      before.node !== undefined &&
      after.node !== undefined &&
      facts.s.dominates(before.path, before.node, after.node),
    isTest: isTestPath,
  };
}

function runRules(input: CheckInput): readonly Raw[] {
  const found: Raw[] = [];
  const byKind = new Map<string, Rule[]>();
  for (const rule of RULES) if ('on' in rule) push(byKind, rule.on, rule);
  const collect = (rule: Rule, path: string, reports: () => Iterable<Report>) => {
    try {
      for (const report of reports()) {
        const files = new Set(
          [report.at.path, path, ...(report.touches ?? []).map((t) => (typeof t === 'string' ? t : t.path))].filter(
            (f) => f !== '',
          ),
        );
        found.push({ rule, report, files: [...files].sort() });
      }
    } catch (error) {
      input.onError(rule.id, path, error);
    }
  };
  for (const path of input.paths) {
    const ctx = contextFor(input, path);
    for (const fact of input.facts.of(path)) {
      for (const rule of byKind.get(fact.kind) ?? []) {
        if ('on' in rule && looksAt(rule, path)) collect(rule, path, () => rule.check(fact as Fact<FactKind>, ctx));
      }
    }
  }
  for (const rule of RULES) if ('scope' in rule) collect(rule, '', () => rule.check(contextFor(input, '')));
  return found.filter(({ rule, report }) => looksAt(rule, report.at.path));
}

/** Test code is looked at for credentials only. */
function looksAt(rule: Rule, path: string): boolean {
  return !isTestPath(path) || rule.item === 'secrets';
}

/** One defect is one finding: the same rule at the same place once, with the files of all reports. */
function dropRepeats(raw: readonly Raw[]): readonly Raw[] {
  const byPlace = new Map<string, Raw>();
  for (const one of raw) {
    const key = `${one.rule.id}\n${one.report.at.path}\n${one.report.at.span.start}`;
    const known = byPlace.get(key);
    byPlace.set(key, known ? { ...known, files: [...new Set([...known.files, ...one.files])].sort() } : one);
  }
  return [...byPlace.values()];
}

function severityOf(input: CheckInput, rule: Rule, report: Report): Severity | undefined {
  const set = input.configOf(report.at.path).rules[rule.id];
  if (set === 'off') return undefined;
  return set ?? report.severity ?? (rule.severities[0] as Severity);
}

function acceptance(input: CheckInput, state: FileState) {
  const suppressions = state.text.includes('authlens-ignore') ? suppressionsOf(state.index(), state.text) : [];
  const used = new Set<number>();
  const usable = (i: number) => {
    const one = suppressions[i];
    return one?.reason !== undefined && one.rule !== '' && (one.until === undefined || one.until >= input.today);
  };
  return {
    of(rule: string, span: { start: number; end: number }): Accepted | null {
      for (const [i, one] of suppressions.entries()) {
        if (
          one.rule !== rule ||
          span.start < one.covers.start ||
          span.start >= Math.max(one.covers.end, one.covers.start + 1)
        )
          continue;
        used.add(i);
        if (usable(i))
          return { by: 'comment', reason: one.reason as string, ...(one.until ? { until: one.until } : {}) };
      }
      return null;
    },
    own(known: readonly Finding[]): readonly Finding[] {
      return suppressions.flatMap((one, i) => {
        const say = (rule: string, message: string): Finding[] => {
          const range = state.lines.range(one.span);
          return [
            {
              id: `${state.path}#${rule}@${range.start.line + 1}:${range.start.character + 1}`,
              rule,
              item: null,
              severity: 'warning',
              message,
              path: state.path,
              span: one.span,
              range,
              related: [],
              fingerprint: findingFingerprint(
                `${rule}\n${one.rule}\n${known.length > 0 ? '' : ''}${one.reason ?? ''}`,
                i,
              ),
              fixable: false,
              accepted: null,
              files: [state.path],
            },
          ];
        };
        if (one.rule === '' || one.reason === undefined)
          return say(
            'ignore-without-reason',
            'This ignore-comment names no rule or gives no reason, so it covers nothing.',
          );
        if (!RULES.some((rule) => rule.id === one.rule))
          return say('ignore-of-unknown-rule', `There is no rule \`${one.rule}\`.`);
        if (one.until !== undefined && one.until < input.today)
          return say('ignore-has-ended', `This ignore-comment ended on ${one.until}.`);
        return used.has(i)
          ? []
          : say('ignore-covers-nothing', `There is no finding of \`${one.rule}\` here for this comment to accept.`);
      });
    },
  };
}

function fileReport(
  input: CheckInput,
  state: FileState,
  findings: readonly Finding[],
  touching: readonly Finding[],
): FileReport {
  const ctx = contextFor(input, state.path);
  const config = input.configOf(state.path);
  const items = CHECKLIST.map((item) =>
    itemState(
      input,
      state,
      item.id,
      touching.filter((f) => f.item === item.id),
      ctx,
      config,
    ),
  );
  return { path: state.path, language: state.languageId, items, findings };
}

function itemState(
  input: CheckInput,
  state: FileState,
  id: ChecklistItemId,
  findings: readonly Finding[],
  ctx: RuleContext,
  config: Config,
): ItemState {
  const evidence: Evidence[] = [];
  const questions: Question[] = [];
  const examiner = EXAMINERS.find((e) => e.item === id);
  if (examiner && !isTestPath(state.path)) {
    try {
      for (const statement of examiner.examine(state.path, ctx)) {
        const there = input.files.get(statement.at.path);
        if (!there) continue;
        const located = {
          path: statement.at.path,
          span: statement.at.span,
          range: there.lines.range(statement.at.span),
        };
        if ('evidence' in statement) evidence.push({ ...located, message: statement.evidence });
        else questions.push({ ...located, text: statement.question });
      }
    } catch (error) {
      input.onError(`examiner ${id}`, state.path, error);
    }
  }
  const rules = RULES.filter((rule) => rule.item === id);
  const checked = examiner !== undefined && rules.every((rule) => config.rules[rule.id] !== 'off');
  const verdict = fold(findings, evidence, questions, checked);
  const result: ItemState = { id, verdict, findings: findings.map((f) => f.id), evidence, questions };
  if (verdict === 'na' || verdict === null) return result;
  const statements = () =>
    [...findings, ...evidence, ...questions].flatMap((one) => {
      const there = input.files.get(one.path);
      return there ? [{ there, span: statementAround(there.index(), one.span, there.text) }] : [];
    });
  // Computed when somebody asks: marks and reports do, a keystroke does not.
  return Object.defineProperties(result, {
    fingerprint: {
      enumerable: true,
      get: () => {
        const tokens = statements().flatMap(({ there, span }) => leafTokens(there.index(), there.text, span));
        return reviewFingerprint(id, verdict, tokens);
      },
    },
    restsOn: {
      enumerable: true,
      get: () => statements().map(({ there, span }) => ({ path: there.path, span, range: there.lines.range(span) })),
    },
  });
}

/** The verdict: `fail` wins over `review`, `review` over `pass`; a rule that is off can make nothing `pass`. */
function fold(
  findings: readonly Finding[],
  evidence: readonly Evidence[],
  questions: readonly Question[],
  checked: boolean,
): Verdict | null {
  if (findings.some((f) => f.severity !== 'info')) return 'fail';
  if (!checked) return null;
  if (findings.length > 0 || questions.length > 0) return 'review';
  return evidence.length > 0 ? 'pass' : 'na';
}

function comparePlaces(a: Place, b: Place): number {
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return a.span.start - b.span.start || a.span.end - b.span.end;
}

function memo<K, V>(map: Map<K, V>, key: K, compute: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = compute();
    map.set(key, value);
  }
  return value;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
