/** Each rule's examples: the vulnerable one reports that rule, the fixed one does not. */
import assert from 'node:assert/strict';
import { RULES, type Rule } from '../server/src/engine/index.js';
import { exampleFile } from './harness/example-file.js';
import { snapshotOf } from './harness/memory-workspace.js';

describe('rule examples', () => {
  for (const rule of RULES as readonly Rule[]) {
    rule.examples.forEach((example, i) => {
      const path = exampleFile(example.language);
      it(`${rule.id} ${i + 1}: vulnerable`, async () => {
        const report = (await snapshotOf({ [path]: example.vulnerable })).report(path);
        assert.ok(
          report?.findings.some((f) => f.rule === rule.id),
          `no ${rule.id} in:\n${example.vulnerable}`,
        );
      });
      it(`${rule.id} ${i + 1}: fixed`, async () => {
        const report = (await snapshotOf({ [path]: example.fixed })).report(path);
        assert.deepEqual(
          report?.findings.filter((f) => f.rule === rule.id).map((f) => f.message),
          [],
        );
      });
    });
  }
});
