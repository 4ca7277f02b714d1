/** The fixes that the engine offers for the rules' fixtures and examples: what `docs/fixes.md` is made of. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder of each rule's fixtures. */
const FIXTURES = 'test/fixtures/rules';

/** One entry for each finding of its own rule, with and without a fix. */
export async function offeredFixes(root, { createWorkspace, RULES }) {
  const offered = [];
  const host = hostFor(root);
  const look = async (rule, files) => {
    const workspace = await createWorkspace(host);
    await workspace.apply(Object.entries(files).map(([path, text]) => ({ kind: 'write', path, text })));
    const snapshot = workspace.snapshot();
    for (const path of Object.keys(files)) {
      const report = snapshot.report(path);
      for (const finding of report?.findings ?? []) {
        if (finding.rule !== rule) continue;
        const { language } = report;
        const fixes = snapshot.fixes(path, finding.span).filter((fix) => fix.rule === rule);
        if (fixes.length === 0) offered.push({ rule, language, title: undefined });
        for (const { title } of fixes) offered.push({ rule, language, title });
      }
    }
    workspace.dispose();
  };
  for (const rule of RULES) {
    for (const files of casesOf(join(root, FIXTURES, rule.id))) await look(rule.id, files);
    for (const example of rule.examples) await look(rule.id, { [exampleFile(example.language)]: example.vulnerable });
  }
  return offered;
}

const ENDINGS = {
  javascript: 'js',
  javascriptreact: 'jsx',
  typescript: 'ts',
  typescriptreact: 'tsx',
  python: 'py',
  csharp: 'cs',
  kotlin: 'kt',
  ruby: 'rb',
};

function exampleFile(language) {
  return language === 'dotenv' ? '.env.example' : `example.${ENDINGS[language] ?? language}`;
}

/** A file is a case, and so is a folder. */
function casesOf(folder) {
  let names;
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return names.map((name) => {
    const path = join(folder, name);
    if (!statSync(path).isDirectory()) return { [name]: readFileSync(path, 'utf8') };
    const below = readdirSync(path, { recursive: true }).map(String);
    const files = below.filter((file) => statSync(join(path, file)).isFile());
    return Object.fromEntries(files.map((file) => [file, readFileSync(join(path, file), 'utf8')]));
  });
}

function hostFor(root) {
  const require = createRequire(join(root, 'package.json'));
  const table = JSON.parse(readFileSync(join(root, 'syntaxes/grammars.json'), 'utf8'));
  return {
    today: '2026-01-01',
    log: () => {},
    runtime: async () => readFileSync(require.resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: async (name) => {
      const row = table[name] ?? { package: '@vscode/tree-sitter-wasm', wasm: `wasm/tree-sitter-${name}.wasm` };
      const folder = dirname(require.resolve(`${row.package}/package.json`));
      const [direct, below] = [join(folder, row.wasm), join(folder, 'wasm', row.wasm)];
      return readFileSync(statSync(direct, { throwIfNoEntry: false }) ? direct : below);
    },
  };
}
