import assert from 'node:assert/strict';
import type { ProjectFiles } from '../../server/src/engine/languages/language.js';
import { python } from '../../server/src/engine/languages/python/adapter.js';
import { resolve, submodule } from '../../server/src/engine/languages/python/resolve.js';
import { grammarNamed } from '../support/grammars.js';
import {
  assertCase,
  assertIncremental,
  assertSpans,
  type Lowering,
  lowered,
  loweringCases,
} from '../support/lowering.js';

const cases = loweringCases('python');
let lowering: Lowering;

before(async () => {
  lowering = { language: python, languageId: 'python', grammar: await grammarNamed('python') };
});

describe('Python lowers to the shared form', () => {
  for (const one of cases) {
    it(one.title, () => assertCase(lowering, one));
  }

  it('with every name at its place', () => {
    for (const { code } of cases.filter(({ title }) => title !== 'Python 2')) assertSpans(lowering, code);
  });

  it('the same after an edit as from scratch', () => {
    for (const { code } of cases) {
      for (let at = 0; at < code.length; at += 11) {
        assertIncremental(lowering, code, `${code.slice(0, at)}a = 1\n${code.slice(at)}`);
        assertIncremental(lowering, code, code.slice(0, at) + code.slice(at + 3));
      }
    }
  }).timeout(20_000);

  it('with comments that stand alone or not', () => {
    const { comments } = lowered(lowering, '# one\nx = 1  ## two\n');
    assert.deepEqual(
      comments.map(({ text, alone }) => [text, alone]),
      [
        ['one', true],
        ['two', false],
      ],
    );
  });
});

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
      lowered(lowering, text);
    });
  }

  it('every beginning of every case', () => {
    for (const { code } of cases) {
      for (let end = 0; end < code.length; end += 5) lowered(lowering, code.slice(0, end));
    }
  });

  it('ends deep nesting in an opaque', () => {
    const depth = 60_000;
    lowered(lowering, `x = ${'('.repeat(depth)}${')'.repeat(depth)}`);
    lowered(lowering, `x = ${'['.repeat(depth)}${']'.repeat(depth)}`);
    lowered(lowering, `x = ${'['.repeat(depth)}`);
    lowered(lowering, `x = ${'1 + '.repeat(depth)}1`);
    lowered(lowering, `x = y${'.a()'.repeat(depth)}`);
    lowered(lowering, `${'if a:\n  b\nelif c:\n  d\n'}${'elif e:\n  f\n'.repeat(5_000)}`);
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

  it('a submodule by the specifier of its package', () => {
    assert.deepEqual(
      ['app', '.', '.app', '..'].map((one) => submodule(one, 'x')),
      ['app.x', '.x', '.app.x', '..x'],
    );
  });
});
