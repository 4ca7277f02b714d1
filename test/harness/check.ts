/** Checks a fixture: what its annotations say must be what the engine says, one to one. */
import assert from 'node:assert/strict';
import type { Finding, Snapshot } from '../../server/src/engine/index.js';
import { sayRole } from './say-value.js';
import { logged, snapshotOf } from './memory-workspace.js';
import type { Annotation, Fixture } from './read-fixture.js';

/** Checks findings (of one rule, or of all), facts and verdicts of a fixture. */
export async function check(
  fixture: Fixture,
  options: { readonly rule?: string; readonly findings?: 'all' | 'none' } = {},
): Promise<void> {
  const before = logged.length;
  const snapshot = await snapshotOf(fixture.files);
  const findings = Object.keys(fixture.files).flatMap((path) => snapshot.report(path)?.findings ?? []);
  const wrong: string[] = [];
  if (options.findings !== 'none') {
    const looked = findings.filter((f) => !options.rule || f.rule === options.rule);
    wrong.push(...compareFindings(fixture, looked));
  }
  wrong.push(...compareFacts(fixture, snapshot), ...compareVerdicts(fixture, snapshot));
  assert.deepEqual(logged.slice(before), [], 'the engine logged errors');
  assert.equal(wrong.join('\n'), '', fixture.name);
}

function compareFindings(fixture: Fixture, findings: readonly Finding[]): readonly string[] {
  const wrong: string[] = [];
  const left = new Set(findings);
  for (const a of fixture.annotations) {
    if (a.kind === 'fact') continue;
    const hit = [...left].find(
      (f) =>
        f.rule === a.name &&
        f.path === a.path &&
        f.range.start.line === a.line &&
        f.range.start.character === a.start &&
        (a.end === undefined || (f.range.end.line === a.line && f.range.end.character === a.end)) &&
        f.message.includes(a.text),
    );
    const where = `${a.path}:${a.line + 1}:${a.start + 1}`;
    if (a.kind === 'missing') {
      if (hit) wrong.push(`${where}: ${a.name} is found now; take the word "missing" out`);
    } else if (!hit) wrong.push(`${where}: ${a.name} is not found there`);
    if (hit) left.delete(hit);
  }
  for (const f of left) {
    wrong.push(
      `${f.path}:${f.range.start.line + 1}:${f.range.start.character + 1}-${f.range.end.line + 1}:${f.range.end.character + 1}: not annotated: ${f.rule} (${f.severity}): ${f.message}`,
    );
  }
  return wrong;
}

function compareFacts(fixture: Fixture, snapshot: Snapshot): readonly string[] {
  const wrong: string[] = [];
  for (const a of fixture.annotations) {
    if (a.kind !== 'fact') continue;
    const text = fixture.files[a.path] ?? '';
    const start = offsetOf(text, a.line, a.start);
    const there = snapshot
      .facts(a.path)
      .of(a.path)
      .filter(
        (f) =>
          f.kind === a.name &&
          f.at.span.start === start &&
          (a.end === undefined || f.at.span.end === offsetOf(text, a.line, a.end)),
      );
    const where = `${a.path}:${a.line + 1}:${a.start + 1}`;
    if (there.length === 0) {
      wrong.push(`${where}: no fact ${a.name} there`);
      continue;
    }
    const problems = there.map((fact) => roleProblems(fact.roles as Record<string, Parameters<typeof sayRole>[0]>, a));
    if (problems.every((p) => p.length > 0)) wrong.push(`${where}: fact ${a.name}: ${problems[0]?.join(', ')}`);
  }
  return wrong;
}

function roleProblems(roles: Record<string, Parameters<typeof sayRole>[0]>, a: Annotation): readonly string[] {
  const problems: string[] = [];
  for (const pair of a.text.match(/\w+=(?:"[^"]*"|\[[^\]]*\]|\S+)/g) ?? []) {
    const at = pair.indexOf('=');
    const said = sayRole(roles[pair.slice(0, at)] ?? { kind: 'absent' });
    if (said !== pair.slice(at + 1)) problems.push(`${pair.slice(0, at)} is ${said}, not ${pair.slice(at + 1)}`);
  }
  return problems;
}

function compareVerdicts(fixture: Fixture, snapshot: Snapshot): readonly string[] {
  return Object.entries(fixture.verdicts).flatMap(([path, items]) =>
    Object.entries(items).flatMap(([item, verdict]) => {
      const state = snapshot.report(path)?.items.find((i) => i.id === item);
      const got = String(state?.verdict);
      return got === verdict
        ? []
        : [
            `${path}: ${item} is ${got}, not ${verdict} (${[...(state?.findings ?? []), ...(state?.evidence ?? []).map((e) => `evidence: ${e.message}`), ...(state?.questions ?? []).map((q) => `question: ${q.text}`)].join('; ')})`,
          ];
    }),
  );
}

function offsetOf(text: string, line: number, character: number): number {
  let offset = 0;
  for (let i = 0; i < line; i++) offset = text.indexOf('\n', offset) + 1;
  return offset + character;
}
