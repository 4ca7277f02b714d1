// Runs the in-host suite inside the real extension host and gives its result back to the shell.
//   node test/vscode/harness/run-in-host.mjs [--verbose]     --verbose relays everything that the workbench logs
//   SUITE_GREP=text runs matching tests only
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from '../../../scripts/build.mjs';
import { openBrowser } from './browser.mjs';
import { buildSuite, suiteFolder } from './build-suite.mjs';
import { startEditor } from './editor.mjs';

const root = path.resolve(import.meta.dirname, '../../..');
const results = path.join(root, 'test-results');
const verbose = process.argv.includes('--verbose');
const LIMIT = Number(process.env.SUITE_LIMIT ?? 180_000);

await build();
await buildSuite();
mkdirSync(results, { recursive: true });
rmSync(path.join(results, 'in-host.json'), { force: true });

// The extension host replaces Error.prepareStackTrace, so --enable-source-maps does nothing there: map stacks here.
const mapped = (stack) =>
  stack?.replace(/[^\s(]*?(out\/vscode\/[^\s:#)]+\.cjs)[^\s:)]*:(\d+):(\d+)/g, (whole, file, line, column) => {
    const map = path.join(root, `${file}.map`);
    const entry =
      existsSync(map) && new SourceMap(JSON.parse(readFileSync(map, 'utf8'))).findEntry(line - 1, column - 1);
    return entry?.originalSource
      ? `${path.join(path.dirname(file), entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
      : whole;
  });

const scratch = mkdtempSync(path.join(tmpdir(), 'suite-'));
const report = path.join(scratch, 'report.json');
// Tests may write, so they get a copy.
cpSync(path.join(root, 'test/vscode/workspace'), path.join(scratch, 'workspace'), { recursive: true });
const editor = await startEditor({ env: { SUITE_REPORT: report } });
const { browser, page } = await openBrowser();
let result;
let code = 1;
try {
  const noise = [];
  page.on('console', (message) => {
    noise.push(`[${message.type()}] ${message.text()}`);
    if (verbose) console.log(noise.at(-1));
  });
  // The workbench calls these two when it finds them on window, so they go there before it loads.
  await page.exposeFunction('codeAutomationLog', () => {});
  const exited = new Promise((resolve) => page.exposeFunction('codeAutomationExit', (status) => resolve(status)));
  const limit = new Promise((resolve) => setTimeout(resolve, LIMIT, 'timeout').unref());
  await page.goto(
    editor.url(path.join(scratch, 'workspace'), [
      ['extensionDevelopmentPath', editor.remote(root)],
      ['extensionTestsPath', editor.remote(path.join(suiteFolder, 'index.cjs'))],
    ]),
  );
  const ended = await Promise.race([exited, limit]);
  if (existsSync(report)) result = JSON.parse(readFileSync(report, 'utf8'));
  for (const row of result?.rows ?? []) {
    const time = row.ms ? ` (${row.ms} ms)` : '';
    console.log(`${row.state.padEnd(7)} ${row.title}${time}${row.error ? `\n${mapped(row.error)}` : ''}`);
  }
  // A suite that exits 0 having run nothing is a failure too.
  code = ended === 0 && result && result.rows.length > 0 && result.failures === 0 ? 0 : 1;
  await page.screenshot({ path: path.join(results, 'in-host.png') });
  if (code) {
    const last = result ? '' : `; last lines of the window:\n${noise.slice(-40).join('\n').slice(-6000)}`;
    console.log(`extension host ended with ${ended}${last}`);
  }
} finally {
  await browser.close();
  await editor.stop();
  rmSync(scratch, { recursive: true, force: true });
}
const count = (state) => result?.rows.filter((row) => row.state === state).length ?? 0;
const counts = { passed: count('passed'), failed: count('failed'), skipped: count('skipped') };
if (code && counts.failed === 0) counts.failed = 1;
writeFileSync(path.join(results, 'in-host.json'), JSON.stringify(counts));
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(code);
