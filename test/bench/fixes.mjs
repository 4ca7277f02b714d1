// How many labelled findings of AuthBench have a quick fix, by item.
//   node test/bench/fixes.mjs PATH/TO/AUTHBENCH [--misses] [--only javascript,python]
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const { createWorkspace } = await import(path.join(root, 'out/server/src/engine/index.js'));
const { nodeWorkspaceOptions } = await import(path.join(root, 'out/server/src/hosts/node.js'));
const [bench, ...flags] = process.argv.slice(2);
const only = flags.includes('--only') ? flags[flags.indexOf('--only') + 1] : 'javascript,typescript,python,go';
const showsMisses = flags.includes('--misses');

const rows = new Map();
for (const language of only.split(',')) {
  for (const sample of readdirSync(path.join(bench, language)).sort()) {
    await count(path.join(bench, language, sample), `${language}/${sample}`);
  }
}
const all = { labelled: 0, found: 0, fixable: 0 };
for (const row of rows.values()) for (const key of Object.keys(all)) all[key] += row[key];
for (const [item, row] of [...rows, ['all', all]]) {
  const share = row.labelled === 0 ? '' : `${Math.round((row.fixable / row.labelled) * 100)} %`;
  console.log(
    item.padEnd(22),
    String(row.labelled).padStart(4),
    'labelled',
    String(row.found).padStart(4),
    'found',
    String(row.fixable).padStart(4),
    'with a fix',
    share,
  );
}

/** A finding counts for a label within two lines of it, of the same item. */
async function count(folder, name) {
  const labels = JSON.parse(readFileSync(path.join(folder, 'labels.json'), 'utf8'));
  const workspace = await createWorkspace(nodeWorkspaceOptions(() => {}));
  const files = filesBelow(folder).filter((file) => !/^(?:labels\.json|PROMPT\.txt)$/.test(file));
  await workspace.apply(
    files.map((file) => ({ kind: 'write', path: file, text: readFileSync(path.join(folder, file), 'utf8') })),
  );
  const snapshot = workspace.snapshot();
  for (const [file, { findings }] of Object.entries(labels.files)) {
    const own = snapshot.report(file)?.findings ?? [];
    for (const label of findings) {
      const places = [label.lines, ...(label.alt ?? []).map((alt) => alt.lines ?? alt)];
      const hits = own.filter(
        (f) =>
          f.item === label.item &&
          places.some(([from, to]) => f.range.start.line + 1 >= from - 2 && f.range.start.line + 1 <= to + 2),
      );
      const row = rows.get(label.item) ?? { labelled: 0, found: 0, fixable: 0 };
      rows.set(label.item, row);
      row.labelled += 1;
      if (hits.length > 0) row.found += 1;
      if (hits.some((f) => f.fixable)) row.fixable += 1;
      else if (showsMisses)
        console.log(
          `${hits.length > 0 ? 'no fix ' : 'unfound'} ${name}/${file}:${label.lines[0]} ${label.item} ${hits.map((f) => f.rule)}: ${label.why}`,
        );
    }
  }
  workspace.dispose();
}

function filesBelow(folder, below = '') {
  return readdirSync(path.join(folder, below)).flatMap((name) => {
    const file = below === '' ? name : `${below}/${name}`;
    return statSync(path.join(folder, file)).isDirectory() ? filesBelow(folder, file) : [file];
  });
}
