/**
 * Answers after edits are the answers of a fresh look at the same texts. Edits are random, but the same in every run: a
 * character, a word or a line put in or taken out, in the middle of whole applications.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Workspace } from '../server/src/engine/index.js';
import { workspaceOf } from './harness/memory-workspace.js';

const EDITS = 40;
const PIECES = ['x', ' ', '\n', '}', '(', "'", 'null', 'return;', 'token', '// note\n', 'if (a) ', '"none"', '= 5'];

describe('edits', () => {
  for (const app of applications('examples')) {
    it(`leave ${app.name} as a fresh look sees it`, async function () {
      // Each edit is compared with a whole check from scratch.
      this.timeout(60_000);
      const random = generator(app.name.length * 7919 + 1);
      const texts = new Map(Object.entries(app.files));
      const workspace = await workspaceOf(app.files);
      workspace.snapshot();
      for (let round = 0; round < EDITS; round++) {
        const paths = [...texts.keys()];
        const path = paths[Math.floor(random() * paths.length)] as string;
        const before = texts.get(path) as string;
        const start = Math.floor(random() * (before.length + 1));
        const end = random() < 0.4 ? Math.min(before.length, start + Math.floor(random() * 12)) : start;
        const piece = random() < 0.8 ? (PIECES[Math.floor(random() * PIECES.length)] as string) : '';
        const text = before.slice(0, start) + piece + before.slice(end);
        texts.set(path, text);
        await workspace.apply([{ kind: 'edit', path, edits: [{ start, end, text: piece }], text }]);
        if (round % 4 !== 3) {
          workspace.snapshot().report(path);
          continue;
        }
        const fresh = await workspaceOf(Object.fromEntries(texts));
        assert.deepEqual(answers(workspace), answers(fresh), `after edit ${round} of ${path} at ${start}`);
        fresh.dispose();
      }
      workspace.dispose();
    });
  }
});

function answers(workspace: Workspace): unknown {
  const snapshot = workspace.snapshot();
  return snapshot.paths.map((path) => structuredClone(snapshot.report(path)));
}

function applications(folder: string): { name: string; files: Record<string, string> }[] {
  return readdirSync(folder)
    .filter((name) => statSync(join(folder, name)).isDirectory())
    .sort()
    .map((name) => {
      const root = join(folder, name);
      const files: Record<string, string> = {};
      for (const entry of readdirSync(root, { recursive: true })) {
        const path = join(root, String(entry));
        if (statSync(path).isFile()) files[relative(root, path).replaceAll('\\', '/')] = readFileSync(path, 'utf8');
      }
      return { name, files };
    });
}

/** Numbers from 0 to 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
