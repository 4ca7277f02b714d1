/** Every fix, applied: the finding is gone, nothing new appears, the file parses, and a second run changes nothing. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Finding, type Fix, RULES, type Rule, type Snapshot } from '../server/src/engine/index.js';
import type { OfferedFix } from '../server/src/engine/docs/fixes-page.js';
import { logged, snapshotOf } from './harness/memory-workspace.js';
import { readFixtures } from './harness/read-fixture.js';
import { exampleFile } from './harness/example-file.js';

type Files = Readonly<Record<string, string>>;

interface Case {
  readonly rule: string;
  readonly name: string;
  readonly files: Files;
}

const offered: OfferedFix[] = [];

describe('fixes', () => {
  for (const { rule, name, files } of [...fixtures(), ...examples()]) {
    it(name, async () => {
      const before = logged.length;
      const wrong: string[] = [];
      const snapshot = await snapshotOf(files);
      const findings = allFindings(snapshot, files);
      for (const finding of findings) {
        const fixes = fixesOf(snapshot, finding);
        const where = `${finding.path}:${finding.range.start.line + 1} ${finding.rule}`;
        if (finding.rule === rule) offered.push(...rowsOf(snapshot, finding, fixes));
        if (finding.fixable !== fixes.length > 0) wrong.push(`${where}: fixable is ${finding.fixable}`);
        for (const fix of fixes) {
          const after = await snapshotOf(applied(files, fix));
          wrong.push(
            ...problemsOf(snapshot, after, files, finding).map((p) => `${where}: "${fix.title}": ${p} ${shown(fix)}`),
          );
        }
      }
      wrong.push(...(await fixAllProblems(files, snapshot)));
      assert.equal(wrong.join('\n'), '');
      assert.deepEqual(logged.slice(before), [], 'the engine logged errors');
    });
  }

  it('their table claims none that is not offered here', () => {
    const rows = readFileSync('docs/fixes.md', 'utf8').matchAll(/^\| \[([\w-]+)\]\([^)]*\) \|(.*)\|[^|]*\|$/gm);
    const claimed = [...rows].flatMap(([, rule, cells = '']) =>
      cells
        .split(/[|;]/)
        .map((title) => title.trim())
        .filter((title) => title !== '' && title !== '–')
        .map((title) => ({ rule, title })),
    );
    const wrong = claimed.filter((row) => !offered.some((one) => one.rule === row.rule && one.title === row.title));
    assert.ok(claimed.length > 0);
    assert.deepEqual(wrong, [], 'run node scripts/gen.mjs');
  });
});

/** What is wrong after a fix. */
function problemsOf(before: Snapshot, after: Snapshot, files: Files, finding: Finding): readonly string[] {
  const problems: string[] = [];
  const was = allFindings(before, files);
  const is = allFindings(after, files);
  // What else there is to say of the same place has another message.
  const same = (f: Finding) => f.rule === finding.rule && f.path === finding.path && f.message === finding.message;
  if (is.filter(same).length >= was.filter(same).length) problems.push('the finding is still there:');
  for (const one of is) {
    if (count(is, one.rule, one.path) > count(was, one.rule, one.path))
      problems.push(`a new finding: ${one.rule}: ${one.message}`);
  }
  for (const path of Object.keys(files)) {
    if (after.broken(path).length > before.broken(path).length) problems.push(`${path} does not parse any more:`);
  }
  return problems;
}

/** The edits in a line each, as a failing test shows them. */
function shown(fix: Fix): string {
  return fix.edits
    .map(({ path, span, text }) => `\n    ${path} ${span.start}-${span.end}: ${JSON.stringify(text)}`)
    .join('');
}

/** "Fix all" until it has nothing more to do; it must come to an end, and leave no safe fix behind. */
async function fixAllProblems(files: Files, first: Snapshot): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const path of Object.keys(files)) {
    let now = files;
    let snapshot = first;
    let runs = 0;
    for (let fix = snapshot.fixAll(path); fix && runs < 5; fix = snapshot.fixAll(path)) {
      now = applied(now, fix);
      snapshot = await snapshotOf(now);
      runs += 1;
    }
    if (runs === 0) continue;
    if (runs === 5) problems.push(`${path}: fixing all does not come to an end:\n${now[path]}`);
    if (snapshot.broken(path).length > first.broken(path).length)
      problems.push(`${path}: does not parse after fixing all:\n${now[path]}`);
  }
  return problems;
}

function count(findings: readonly Finding[], rule: string, path: string): number {
  return findings.filter((f) => f.rule === rule && f.path === path).length;
}

function allFindings(snapshot: Snapshot, files: Files): readonly Finding[] {
  return Object.keys(files).flatMap((path) => snapshot.report(path)?.findings ?? []);
}

function fixesOf(snapshot: Snapshot, finding: Finding): readonly Fix[] {
  const all = snapshot.fixes(finding.path, finding.span).filter((fix) => fix.rule === finding.rule);
  // Of one rule at one place: those of a finding that merely touches this one are tested with that one.
  const touching = (snapshot.report(finding.path)?.findings ?? []).filter(
    (f) => f.rule === finding.rule && f.span.start <= finding.span.end && finding.span.start <= f.span.end,
  );
  return touching.length > 1 && !finding.fixable ? [] : all;
}

function applied(files: Files, fix: Fix): Files {
  const result: Record<string, string> = { ...files };
  const edits = fix.edits
    .map((edit, i) => ({ edit, i }))
    .sort((a, b) => b.edit.span.start - a.edit.span.start || b.i - a.i);
  for (const { edit } of edits) {
    const text = result[edit.path] as string;
    result[edit.path] = text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
  }
  return result;
}

function rowsOf(snapshot: Snapshot, { rule, path }: Finding, fixes: readonly Fix[]): readonly OfferedFix[] {
  const language = snapshot.report(path)?.language ?? '';
  return fixes.length === 0
    ? [{ rule, language, title: undefined }]
    : fixes.map(({ title }) => ({ rule, language, title }));
}

function fixtures(): readonly Case[] {
  const root = 'test/fixtures/rules';
  const rules = existsSync(root) ? readdirSync(root).sort() : [];
  return rules.flatMap((rule) =>
    readFixtures(join(root, rule)).map(({ name, files }) => ({ rule, name: `${rule}: ${name}`, files })),
  );
}

function examples(): readonly Case[] {
  return (RULES as readonly Rule[]).flatMap((rule) =>
    rule.examples.map((example, i) => ({
      rule: rule.id,
      name: `${rule.id}: example ${i + 1}`,
      files: { [exampleFile(example.language)]: example.vulnerable },
    })),
  );
}
