/** Configuration files: their settings, each at its place, and no text that a reader can't end with. */
import assert from 'node:assert/strict';
import { CONFIG_LANGUAGES, languageIdOf } from '../../server/src/engine/languages/index.js';

/** `path = value`, with the written text of key and value where they differ from them. */
function settingsOf(languageId: string, text: string): readonly string[] {
  const reader = CONFIG_LANGUAGES.find((config) => config.languageId === languageId)!;
  return reader.settings(text).map(({ path, keySpan, value, valueSpan }) => {
    const key = text.slice(keySpan.start, keySpan.end);
    const written = text.slice(valueSpan.start, valueSpan.end);
    return `${path.join('/')} = ${JSON.stringify(value)} | ${key} | ${written}`;
  });
}

describe('configuration files are told by their path', () => {
  const rows: [path: string, id: string | undefined][] = [
    ['.env', 'dotenv'],
    ['apps/api/.env.production', 'dotenv'],
    ['prod.env', 'dotenv'],
    ['env.example', 'dotenv'],
    ['appsettings.Development.json', 'json'],
    ['config/default.json', 'json'],
    ['package.json', 'json'],
    ['package-lock.json', undefined],
    ['tsconfig.base.json', undefined],
    ['src/locales/en.json', undefined],
    ['docker-compose.yml', 'yaml'],
    ['pnpm-lock.yaml', undefined],
    ['wrangler.toml', 'toml'],
    ['src/main/resources/application.properties', 'properties'],
    ['README.md', 'markdown'],
    ['.environment.ts', 'typescript'],
  ];
  for (const [path, id] of rows) it(`${path}: ${id}`, () => assert.equal(languageIdOf(path), id));
});

describe('the settings of', () => {
  const cases: [name: string, languageId: string, text: string, settings: string[]][] = [
    [
      'an environment file',
      'dotenv',
      `# JWT_SECRET=old\nJWT_SECRET=abc # note\nexport  A="x\\ny" # z\nB='a"b'\r\nEMPTY=\nURL=http://h/#frag\nPEM="-----BEGIN\nabc\n-----END"\nC: d\nnot a setting\nLAST="open\n`,
      [
        'JWT_SECRET = "abc" | JWT_SECRET | abc',
        'A = "x\\ny" | A | "x\\ny"',
        `B = "a\\"b" | B | 'a"b'`,
        'EMPTY = "" | EMPTY | ',
        'URL = "http://h/#frag" | URL | http://h/#frag',
        'PEM = "-----BEGIN\\nabc\\n-----END" | PEM | "-----BEGIN\nabc\n-----END"',
        'C = "d" | C | d',
        'LAST = "\\"open" | LAST | "open',
      ],
    ],
    [
      'properties',
      'properties',
      `# c\njwt.secret=abc\n! d\na.b : c d\nlong = one,\\\n   two\nkey\\:x yes\nbare\n`,
      [
        'jwt/secret = "abc" | jwt.secret | abc',
        'a/b = "c d" | a.b | c d',
        'long = "one,two" | long | one,\\\n   two',
        'key:x = "yes" | key\\:x | yes',
        'bare = "" | bare | ',
      ],
    ],
    [
      'JSON with comments',
      'json',
      `{ // c\n "Jwt": { "Key": "abc\\n", "Minutes": 60, "On": true, "No": null, },\n "list": [1, {"a": "b"}],`,
      [
        'Jwt/Key = "abc\\n" | "Key" | "abc\\n"',
        'Jwt/Minutes = 60 | "Minutes" | 60',
        'Jwt/On = true | "On" | true',
        'Jwt/No = null | "No" | null',
        'list/0 = 1 | 1 | 1',
        'list/1/a = "b" | "a" | "b"',
      ],
    ],
    [
      'YAML',
      'yaml',
      `services:\n  api:\n    environment:\n      - JWT_SECRET=abc\n      - "B=c d"\n      - PASS_THROUGH\n    env:\n      - name: KEY\n        value: 'v'\n      - name: REF\n        valueFrom: { secretKeyRef: { name: s, key: k } }\nx: &x "shared"\ny: *x\nn: 12\nempty:\npem: |\n  a\n  b\n---\nsecond: true\n`,
      [
        'services/api/environment/JWT_SECRET = "abc" | JWT_SECRET | abc',
        'services/api/environment/B = "c d" | B | c d',
        'services/api/environment/2 = "PASS_THROUGH" | PASS_THROUGH | PASS_THROUGH',
        'services/api/env/KEY = "v" | KEY | \'v\'',
        'services/api/env/1/name = "REF" | name | REF',
        'services/api/env/1/valueFrom/secretKeyRef/name = "s" | name | s',
        'services/api/env/1/valueFrom/secretKeyRef/key = "k" | key | k',
        'x = "shared" | x | "shared"',
        'y = "shared" | y | *x',
        'n = 12 | n | 12',
        'empty = null | empty | ',
        'pem = "a\\nb\\n" | pem | |\n  a\n  b\n',
        'second = true | second | true',
      ],
    ],
    [
      'TOML',
      'toml',
      `name = "app" # c\n[vars]\nJWT_SECRET = 'abc'\na.b = 1_000\n"q k" = true\n[[env.list]]\nx = ["a", "b",\n "c"]\ny = { z = "1", w.v = 2 }\nlong = """\nline\n"""\nbroken =\nafter = 2024-01-01\n`,
      [
        'name = "app" | name | "app"',
        'vars/JWT_SECRET = "abc" | JWT_SECRET | \'abc\'',
        'vars/a/b = 1000 | a.b | 1_000',
        'vars/q k = true | "q k" | true',
        'env/list/x/0 = "a" | x | "a"',
        'env/list/x/1 = "b" | x | "b"',
        'env/list/x/2 = "c" | x | "c"',
        'env/list/y/z = "1" | z | "1"',
        'env/list/y/w/v = 2 | w.v | 2',
        'env/list/long = "line\\n" | long | """\nline\n"""',
        'env/list/after = "2024-01-01" | after | 2024-01-01',
      ],
    ],
    [
      'code fences in Markdown',
      'markdown',
      [
        '# Setup',
        'JWT_SECRET=not-in-a-fence',
        '```env',
        'JWT_SECRET=abc',
        '```',
        '1. Run:',
        '   ```bash',
        '   export A="b c" && X=1 npm start',
        '   docker run -e KEY=v -p 80:80 img --flag=x',
        '   $env:PS = "w"',
        '   ```',
        '~~~yaml title="x"',
        'a:',
        '  b: c',
        '~~~',
        '```dockerfile',
        'FROM node',
        'ENV P=q R="s t"',
        'ENV U v w',
        'RUN X=1 y',
        '```',
        '```',
        '# plain',
        'PLAIN=1',
        '```',
        '```js',
        'const JWT_SECRET = "js";',
        '```',
        '> ```json',
        '> {"k": "v"}',
        '> ```',
      ].join('\n'),
      [
        'JWT_SECRET = "abc" | JWT_SECRET | abc',
        'A = "b c" | A | "b c"',
        'X = "1" | X | 1',
        'KEY = "v" | KEY | v',
        'PS = "w" | PS | "w"',
        'a/b = "c" | b | c',
        'P = "q" | P | q',
        'R = "s t" | R | "s t"',
        'U = "v w" | U | v w',
        'PLAIN = "1" | PLAIN | 1',
        'k = "v" | "k" | "v"',
      ],
    ],
  ];
  for (const [name, languageId, text, settings] of cases)
    it(name, () => assert.deepEqual(settingsOf(languageId, text), settings));
});

describe('configuration comments', () => {
  it('stand alone or not', () => {
    for (const languageId of ['dotenv', 'yaml', 'toml']) {
      const reader = CONFIG_LANGUAGES.find((config) => config.languageId === languageId)!;
      const comments = reader.comments('# one\nA="b" # two\nC=d#e\n');
      assert.deepEqual(
        comments.map(({ text, alone }) => [text, alone]),
        [
          ['one', true],
          ['two', false],
        ],
      );
    }
    const markdown = CONFIG_LANGUAGES.find((config) => config.languageId === 'markdown')!;
    assert.deepEqual(
      markdown.comments('<!-- authlens-ignore x -- y -->\n').map(({ text }) => text),
      ['authlens-ignore x -- y'],
    );
  });
});

describe('every reader is total', () => {
  const bomb = `a: &a ["x","x"]\n${'bcdefghij'
    .split('')
    .map(
      (name, i) =>
        `${name}: &${name} [*${'abcdefghij'[i]},*${'abcdefghij'[i]},*${'abcdefghij'[i]},*${'abcdefghij'[i]}]`,
    )
    .join('\n')}\n`;
  const texts: Record<string, string> = {
    'an empty text': '',
    'an alias bomb': bomb,
    'endless brackets': '['.repeat(50_000),
    'endless braces': '{"a":'.repeat(50_000),
    'endless inline tables': `a = ${'{ a = '.repeat(30_000)}`,
    'endless indentation': Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    'open quotes on every line': 'A="x\n'.repeat(20_000),
    'endless flow lists': '- '.repeat(30_000),
    'open triple quotes': 'a = """\n'.repeat(10_000),
    'open fences': '```yaml\na: [\n'.repeat(5_000),
    'a self alias': 'a: &a\n  b: *a\n',
    'nothing but backslashes': '\\'.repeat(100_000),
    'nul and controls': 'A=\0\n\u2028B=\r\r\n',
    'a huge text': 'A=b\n'.repeat(200_000),
  };
  for (const [name, text] of Object.entries(texts)) {
    it(name, () => {
      for (const reader of CONFIG_LANGUAGES) {
        const from = performance.now();
        for (const { keySpan, valueSpan } of reader.settings(text)) {
          assert.ok(
            keySpan.start >= 0 && keySpan.end <= text.length && keySpan.start <= keySpan.end,
            reader.languageId,
          );
          assert.ok(valueSpan.end <= text.length && valueSpan.start <= valueSpan.end, reader.languageId);
        }
        reader.comments(text);
        const took = performance.now() - from;
        assert.ok(took < 2_000, `${reader.languageId} took ${took} ms`);
      }
    }).timeout(20_000);
  }

  it('every beginning of a text', () => {
    const text = 'a:\n  - b: "c"\n[t]\nk = { x = [1, "2"] }\n```env\nA="b"\n```\n{"a": [1, {"b": null}]}\n';
    for (let end = 0; end < text.length; end++)
      for (const reader of CONFIG_LANGUAGES) reader.settings(text.slice(0, end));
  });
});
