/**
 * Entry of the in-host suite, on the standard contract of `@vscode/test-electron`: resolves when every test passed,
 * rejects otherwise; the extension host turns that into its exit code.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import Mocha from 'mocha';

interface Row {
  readonly title: string;
  readonly state: string;
  readonly ms: number | undefined;
  readonly error: string | undefined;
}

export async function run(): Promise<void> {
  const grep = process.env.SUITE_GREP;
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false, reporter: 'spec', ...(grep ? { grep } : {}) });
  const files = fs.readdirSync(__dirname).filter((file) => file.endsWith('.test.cjs'));
  for (const file of files.sort()) mocha.addFile(path.join(__dirname, file));
  // Where the shell wants the result; unset on a desktop run.
  const report = process.env.SUITE_REPORT;
  const rows: Row[] = [];
  await new Promise<void>((resolve, reject) => {
    const runner = mocha.run((failures) => {
      if (report) fs.writeFileSync(report, JSON.stringify({ failures, rows }, null, 1));
      if (failures > 0) reject(new Error(`${failures} of ${rows.length} tests failed`));
      else resolve();
    });
    const note = (state: string) => (test: Mocha.Test, error?: Error) => {
      rows.push({ title: test.fullTitle(), state, ms: test.duration, error: error?.stack });
    };
    runner.on('pass', note('passed')).on('fail', note('failed')).on('pending', note('skipped'));
  });
}
