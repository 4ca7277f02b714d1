import assert from 'node:assert/strict';
import { go } from '../../server/src/engine/languages/go/adapter.js';
import { packageName } from '../../server/src/engine/languages/go/imports.js';
import { resolve } from '../../server/src/engine/languages/go/resolve.js';
import type { ProjectFiles } from '../../server/src/engine/languages/language.js';
import { grammarNamed } from '../support/grammars.js';
import {
  assertCase,
  assertIncremental,
  assertSpans,
  type Lowering,
  lowered,
  loweringCases,
} from '../support/lowering.js';

const cases = loweringCases('go');
let lowering: Lowering;

before(async () => {
  lowering = { language: go, languageId: 'go', grammar: await grammarNamed('go') };
});

describe('Go lowers to the shared form', () => {
  for (const one of cases) {
    it(one.title, () => assertCase(lowering, one));
  }

  it('with every name at its place', () => {
    for (const { code } of cases) assertSpans(lowering, code);
  });

  it('the same after an edit as from scratch', () => {
    for (const { code } of cases) {
      for (let at = 0; at < code.length; at += 11) {
        assertIncremental(lowering, code, `${code.slice(0, at)}a := 1\n${code.slice(at)}`);
        assertIncremental(lowering, code, code.slice(0, at) + code.slice(at + 3));
      }
    }
  }).timeout(20_000);

  it('with comments that stand alone or not', () => {
    const { comments } = lowered(lowering, '// one\nvar x = 1 // two\n/* three */ var y = 1\n/*\nfour */\n');
    assert.deepEqual(
      comments.map(({ text, alone }) => [text, alone]),
      [
        ['one', true],
        ['two', false],
        ['three', false],
        ['four', true],
      ],
    );
  });
});

describe('Go lowering is total', () => {
  const broken = [
    'func',
    'func f(',
    'type A struct {',
    'a := := b',
    'switch {',
    '"',
    '`',
    '\0',
    '(((',
    'import (',
    'x.(',
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
  }).timeout(20_000);

  it('ends deep nesting in an opaque', () => {
    const depth = 60_000;
    lowered(lowering, `var x = ${'('.repeat(depth)}${')'.repeat(depth)}`);
    lowered(lowering, `var x = ${'[]'.repeat(depth)}int{}`);
    lowered(lowering, `var x = T${'{'.repeat(depth)}${'}'.repeat(depth)}`);
    lowered(lowering, `var x = ${'1 + '.repeat(depth)}1`);
    lowered(lowering, `var x = y${'.a()'.repeat(depth)}`);
    lowered(lowering, `func f() { if a {} ${'else if b {} '.repeat(5_000)} }`);
    lowered(lowering, `func f() { switch x { ${'case 1: a()\nfallthrough\n'.repeat(5_000)} } }`);
    lowered(lowering, `func f() ${'{'.repeat(depth)}`);
  }).timeout(30_000);
});

describe('Go imports lead to', () => {
  const files = [
    'api/go.mod',
    'api/main.go',
    'api/store/store.go',
    'api/store/memory.go',
    'api/store/store_test.go',
    'api/store/sql/sql.go',
    'shared/go.mod',
    'shared/log/log.go',
  ];
  const manifests: Readonly<Record<string, string>> = {
    'api/go.mod':
      'module example.com/api\n\nrequire example.com/other v1.0.0\nreplace example.com/other => ../shared\n',
    'shared/go.mod': 'module "example.com/shared"\n',
  };
  const project = projectOf(files, manifests);
  const rows: [specifier: string, answer: string][] = [
    ['example.com/api/store', 'api/store/memory.go api/store/store.go'],
    ['example.com/api/store/sql', 'api/store/sql/sql.go'],
    ['example.com/api', 'api/main.go'],
    ['example.com/api/missing', 'unresolved'],
    ['example.com/apis', 'library example.com/apis'],
    ['example.com/shared/log', 'shared/log/log.go'],
    ['example.com/other/log', 'shared/log/log.go'],
    ['net/http', 'library net/http'],
    ['github.com/golang-jwt/jwt/v5', 'library github.com/golang-jwt/jwt/v5'],
  ];
  for (const [specifier, answer] of rows) {
    it(specifier, () => assert.equal(answerOf(specifier, 'api/main.go', project), answer));
  }

  it('a folder of a part of a project that has no go.mod', () => {
    const part = projectOf(['cmd/main.go', 'internal/store/store.go', 'rand/rand.go'].sort(), {});
    assert.equal(answerOf('acme.dev/shop/internal/store', 'cmd/main.go', part), 'internal/store/store.go');
    assert.equal(answerOf('crypto/rand', 'cmd/main.go', part), 'library crypto/rand');
  });
});

describe('A Go package most likely has the name', () => {
  const rows: [path: string, name: string][] = [
    ['net/http', 'http'],
    ['github.com/golang-jwt/jwt/v5', 'jwt'],
    ['github.com/coreos/go-oidc/v3/oidc', 'oidc'],
    ['github.com/redis/go-redis/v9', 'redis'],
    ['github.com/dgrijalva/jwt-go', 'jwt'],
    ['gopkg.in/square/go-jose.v2', 'jose'],
    ['github.com/auth0/go-jwt-middleware/v2', 'jwtmiddleware'],
    ['v2', 'v2'],
  ];
  for (const [path, name] of rows) {
    it(path, () => assert.equal(packageName(path), name));
  }
});

function projectOf(files: readonly string[], manifests: Readonly<Record<string, string>>): ProjectFiles {
  return {
    has: (path) => files.includes(path),
    under: (folder) => files.filter((file) => folder === '' || file.startsWith(`${folder}/`)).toSorted(),
    manifest: (path) => manifests[path],
  };
}

function answerOf(specifier: string, from: string, project: ProjectFiles): string {
  const target = resolve(specifier, from, project);
  if (target.kind === 'files') return target.paths.join(' ');
  return target.kind === 'library' ? `library ${target.module}` : target.kind;
}
