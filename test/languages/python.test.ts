import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Parser, Language as WasmLanguage } from 'web-tree-sitter';
import type { Item } from '../../server/src/engine/ir/ir.js';
import type { ProjectFiles } from '../../server/src/engine/languages/language.js';
import { python } from '../../server/src/engine/languages/python/adapter.js';
import { resolve } from '../../server/src/engine/languages/python/resolve.js';

let parser: Parser;

before(async () => {
  await Parser.init();
  const wasm = createRequire(import.meta.url).resolve('@vscode/tree-sitter-wasm/wasm/tree-sitter-python.wasm');
  parser = new Parser();
  parser.setLanguage(await WasmLanguage.load(readFileSync(wasm)));
});

function lower(text: string): readonly Item[] {
  const tree = parser.parse(text);
  assert.ok(tree !== null);
  const items = python.items(tree.rootNode).map((node) => python.lower(node, text));
  tree.delete();
  return items;
}

describe('Python lowering is total', () => {
  const broken = [
    'def',
    'def f(',
    'class A(:\n  x =',
    'a = = b',
    '@',
    'f"{',
    'if x:\nelse',
    'match x:\n case',
    '\0',
    '(((',
  ];
  for (const text of broken) {
    it(JSON.stringify(text), () => {
      lower(text);
    });
  }

  it('ends deep nesting in an opaque', () => {
    const depth = 60_000;
    lower(`x = ${'('.repeat(depth)}${')'.repeat(depth)}`);
    lower(`x = ${'['.repeat(depth)}${']'.repeat(depth)}`);
    lower(`x = ${'1 + '.repeat(depth)}1`);
    lower(`x = y${'.a()'.repeat(depth)}`);
    lower(`${'if a:\n  b\nelif c:\n  d\n'}${'elif e:\n  f\n'.repeat(5_000)}`);
  }).timeout(20_000);
});

describe('Python imports lead to', () => {
  const files = [
    'pyproject.toml',
    'app/__init__.py',
    'app/auth/__init__.py',
    'app/auth/tokens.py',
    'app/redis.py',
    'app/main.py',
    'plain/main.py',
    'plain/models.py',
    'src/core/__init__.py',
    'names/deep/one.py',
    'backend/manage.py',
    'backend/users/views.py',
    'backend/users/models.py',
  ];
  const project: ProjectFiles = {
    has: (path) => files.includes(path),
    under: (folder) => files.filter((file) => folder === '' || file.startsWith(`${folder}/`)),
    manifest: (path) => (path === 'pyproject.toml' ? 'dependencies = ["redis>=5", "fastapi"]' : undefined),
  };
  const rows: [specifier: string, from: string, answer: string][] = [
    ['.auth', 'app/main.py', 'app/auth/__init__.py'],
    ['.', 'app/auth/tokens.py', 'app/auth/__init__.py'],
    ['.tokens', 'app/auth/__init__.py', 'app/auth/tokens.py'],
    ['..main', 'app/auth/tokens.py', 'app/main.py'],
    ['...main', 'app/main.py', 'unresolved'],
    ['.missing', 'app/main.py', 'unresolved'],
    ['app.auth.tokens', 'app/main.py', 'app/auth/tokens.py'],
    ['core', 'app/main.py', 'src/core/__init__.py'],
    ['models', 'plain/main.py', 'plain/models.py'],
    ['redis', 'app/main.py', 'library redis'],
    ['main', 'app/redis.py', 'app/main.py'],
    ['names.deep', 'app/main.py', 'namespace'],
    ['names.deep.one', 'app/main.py', 'names/deep/one.py'],
    ['users.models', 'backend/users/views.py', 'backend/users/models.py'],
    ['fastapi.security', 'app/main.py', 'library fastapi.security'],
    ['jose', 'app/main.py', 'library jose'],
  ];
  for (const [specifier, from, answer] of rows) {
    it(`${specifier} in ${from}`, () => {
      const target = resolve(specifier, from, project);
      const paths = target.kind === 'files' ? target.paths.join(' ') || 'namespace' : undefined;
      const found = target.kind === 'library' ? `library ${target.module}` : target.kind;
      assert.equal(paths ?? found, answer);
    });
  }
});
