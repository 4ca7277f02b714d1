// node scripts/total.mjs NAME…   prints the sum of test-results/NAME.json; a report that is missing is a failure.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const results = path.resolve(import.meta.dirname, '../test-results');
let [passed, failed] = [0, 0];
for (const name of process.argv.slice(2)) {
  const file = path.join(results, `${name}.json`);
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  if (!report) console.log(`${name}: no report`);
  passed += report?.passed ?? 0;
  // Nothing passed and nothing failed means that nothing ran.
  failed += report && report.passed + report.failed > 0 ? report.failed : 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
