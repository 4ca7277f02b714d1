// Keystroke to findings in a 300-line file, cold start of the command line, and throughput beside a bare parse.
//   npm run bench [-- --json]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

const root = path.resolve(import.meta.dirname, '../..');
const { createWorkspace } = await import(path.join(root, 'out/server/src/engine/index.js'));
const { nodeWorkspaceOptions } = await import(path.join(root, 'out/server/src/hosts/node.js'));
const options = nodeWorkspaceOptions(() => {});

const results = {
  keystroke: await keystrokes(),
  coldStart: coldStart(),
  throughput: await throughput(),
};
report(results);
mkdirSync(path.join(root, 'test-results'), { recursive: true });
writeFileSync(path.join(root, 'test-results/bench.json'), `${JSON.stringify(results, null, 2)}\n`);

/** Types a statement into the middle of a file, character by character, and reads the report after each. */
async function keystrokes() {
  const workspace = await createWorkspace(options);
  let text = service(40);
  const lines = text.split('\n').length;
  await workspace.apply([{ kind: 'write', path: 'service.js', text }]);
  workspace.snapshot().report('service.js');
  const typed = `  const claims = jwt.verify(req.headers.authorization, process.env.JWT_SECRET, { algorithms: ['HS256'] });\n`;
  const times = [];
  for (let round = 0; round < 4; round += 1) {
    let at = text.indexOf('\n', text.indexOf('issue20')) + 1;
    for (const character of typed) {
      text = text.slice(0, at) + character + text.slice(at);
      const start = performance.now();
      await workspace.apply([
        { kind: 'edit', path: 'service.js', edits: [{ start: at, end: at, text: character }], text },
      ]);
      workspace.snapshot().report('service.js');
      // The first round warms up.
      if (round > 0) times.push(performance.now() - start);
      at += 1;
    }
  }
  workspace.dispose();
  return {
    lines,
    count: times.length,
    median: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    worst: Math.max(...times),
  };
}

/** The built command line on one small file, process start included. */
function coldStart() {
  const empty = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    const start = performance.now();
    spawnSync(
      process.execPath,
      [path.join(root, 'dist/cli.cjs'), 'check', '--stdin', '--stdin-path', 'a.js', '--fail-on', 'never'],
      { input: service(1), encoding: 'utf8', cwd: empty },
    );
    times.push(performance.now() - start);
  }
  rmSync(empty, { recursive: true });
  return { median: quantile(times, 0.5) };
}

/** Many files at once, and only parsing the same text with the same grammar. */
async function throughput() {
  const files = Array.from({ length: 100 }, (_, index) => ({ path: `src/file${index}.js`, text: service(10, index) }));
  const kilobytes = files.reduce((sum, { text }) => sum + text.length, 0) / 1024;
  const workspace = await createWorkspace(options);
  await workspace.apply([{ kind: 'write', path: 'warm.js', text: service(10, 1000) }]);
  workspace.snapshot().report('warm.js');
  const start = performance.now();
  await workspace.apply(files.map(({ path: file, text }) => ({ kind: 'write', path: file, text })));
  const snapshot = workspace.snapshot();
  for (const { path: file } of files) snapshot.report(file);
  const reviewed = performance.now() - start;
  workspace.dispose();

  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init({ wasmBinary: await options.runtime() });
  const parser = new Parser();
  parser.setLanguage(await Language.load(await options.grammar('javascript')));
  parser.parse(files[0].text)?.delete();
  const parseStart = performance.now();
  for (const { text } of files) parser.parse(text)?.delete();
  const parsed = performance.now() - parseStart;
  return { files: files.length, kilobytes, reviewed, parsed, timesParse: reviewed / parsed };
}

/** An Express-like service with some routes, each with a token. */
function service(routes, seed = 0) {
  const route = (index) =>
    `
function issue${index}(user) {
  const claims = { sub: user.id, seed: ${seed} };
  return jwt.sign(claims, process.env.JWT_SECRET, { expiresIn: '15m' });
}
app.post('/login/${index}', async (req, res) => {
  const user = await users.find(req.body.name);
  res.json({ token: issue${index}(user) });
});
`.trimStart();
  const head = `const express = require('express');\nconst jwt = require('jsonwebtoken');\nconst app = express();\n\n`;
  return head + Array.from({ length: routes }, (_, index) => route(index)).join('');
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function report({ keystroke, coldStart: cold, throughput: through }) {
  const ms = (value) => `${value.toFixed(1)} ms`;
  console.log(
    `keystroke to findings, ${keystroke.lines} lines: median ${ms(keystroke.median)}, p95 ${ms(keystroke.p95)}`,
  );
  console.log(`cold start of the command line: ${ms(cold.median)}`);
  const rate = (through.kilobytes / through.reviewed) * 1000;
  console.log(
    `throughput: ${rate.toFixed(0)} KiB/s over ${through.files} files, ${through.timesParse.toFixed(1)} times a bare parse`,
  );
  const budget = path.join(root, 'test/bench/baseline.json');
  if (!existsSync(budget)) return;
  const limits = JSON.parse(readFileSync(budget, 'utf8'));
  const over = [
    ['keystroke median', keystroke.median, limits.keystrokeMedian],
    ['keystroke p95', keystroke.p95, limits.keystrokeP95],
    ['cold start', cold.median, limits.coldStart],
  ].filter(([, value, limit]) => value > limit);
  for (const [what, value, limit] of over) console.log(`over budget: ${what} ${ms(value)}, allowed ${ms(limit)}`);
  if (over.length > 0) process.exitCode = 1;
}
