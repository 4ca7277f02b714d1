/** The pre-filter drops no file that has anything to say: held against the same review without it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Snapshot } from '../server/src/engine/index.js';
import { workspaceOf } from './harness/memory-workspace.js';

const root = 'test/fixtures';

/** Every file of the fixtures, each case in its own folder. */
function fixtureFiles(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(`${root}/${folder}`, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    files[path.slice(root.length + 1)] = readFileSync(path, 'utf8');
  }
  return files;
}

/** What a review says of each file, one line each; files that are `na` throughout say nothing. */
function said(snapshot: Snapshot, files: Record<string, string>): string[] {
  return Object.keys(files).flatMap((path) => {
    const report = snapshot.report(path);
    const items = (report?.items ?? []).filter((item) => item.verdict !== 'na' && item.verdict !== null);
    const findings = (report?.findings ?? []).map((f) => `${f.rule}@${f.range.start.line + 1}`);
    return items.length + findings.length === 0
      ? []
      : [`${path}: ${items.map((i) => `${i.id}=${i.verdict}`).join(' ')} ${findings.join(' ')}`];
  });
}

describe('the pre-filter', () => {
  for (const folder of readdirSync(root)) {
    it(`drops nothing of ${folder}`, async () => {
      const files = fixtureFiles(folder);
      const [filtered, whole] = [await workspaceOf(files), await workspaceOf(files, { everyFile: true })];
      assert.deepEqual(said(filtered.snapshot(), files), said(whole.snapshot(), files));
      filtered.dispose();
      whole.dispose();
    }).timeout(120_000);
  }
});
