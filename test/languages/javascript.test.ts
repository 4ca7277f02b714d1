import assert from 'node:assert/strict';
import { printFile } from '../../server/src/engine/ir/print.js';
import { javascript } from '../../server/src/engine/languages/javascript/adapter.js';
import { resolve } from '../../server/src/engine/languages/javascript/resolve.js';
import type { ProjectFiles } from '../../server/src/engine/languages/language.js';
import { itemCache, lowerFile } from '../../server/src/engine/languages/lower-file.js';
import type { Grammar } from '../../server/src/engine/syntax/grammar.js';
import { parse, reparse } from '../../server/src/engine/syntax/parse.js';
import { grammarNamed } from '../support/grammars.js';

interface Case {
  readonly name: string;
  readonly language: string;
  readonly source: string;
  readonly lowered: string;
}

const modules: readonly Case[] = [
  {
    name: 'imports',
    language: 'javascript',
    source: `import d, { a as b, "x-y" as c } from 'x';
import * as ns from "node:crypto";
import 'side-effect';`,
    lowered: `import d = x#default
import b = x#a
import c = x#x-y
import ns = node:crypto#*
import side-effect#*`,
  },
  {
    name: 'type imports and import = require',
    language: 'typescript',
    source: `import type { Q } from 'q';
import { type T, v } from 'x';
import fs = require('fs');
import Alias = NS.Foo;`,
    lowered: `import type Q = q#Q
import type T = x#T
import v = x#v
import fs = fs#*
let Alias = NS.Foo`,
  },
  {
    name: 'exports',
    language: 'javascript',
    source: `export const x = 1, { y, z: [q] } = f();
export { a as b };
export { default } from './d';
export * from './z';
export * as w from './w';
export async function hi() {}
export class C {}`,
    lowered: `let x = 1
let { y, z: [q] } = f()
export x = x
export y = y
export q = q
export b = a
export default = default from ./d
export * from ./z
export w = * from ./w
async function hi() {}
export hi = hi
class C {}
export C = C`,
  },
  {
    name: 'a default export keeps its name or its value',
    language: 'javascript',
    source: `export default function named() {}
export default { a: f() };
export default class {}
export default name;`,
    lowered: `function named() {}
export default = named
{ a: f() }
export default = (record)
class {}
export default = (class)
export default = name`,
  },
  {
    name: 'type exports are nothing',
    language: 'typescript',
    source: `export type { A } from './a';
export { type B };
export interface I {}
export type T = string;
export = foo;`,
    lowered: `export = = foo`,
  },
  {
    name: 'CommonJS imports',
    language: 'javascript',
    source: `const { verify, sign: s = 1, ...rest } = require('jsonwebtoken');
const jwt = require('jsonwebtoken').default;`,
    lowered: `let { verify, sign: s = 1, ...rest } = module("jsonwebtoken")
let jwt = module("jsonwebtoken").default`,
  },
  {
    name: 'CommonJS exports',
    language: 'javascript',
    source: `module.exports = { login };
exports.a = 1;
module.exports.b = foo;
const c = exports.c = () => {};
exports = module.exports = router;`,
    lowered: `module.exports = { login }
export = = (record)
exports.a = 1
export a = (literal)
module.exports.b = foo
export b = foo
let c = (exports.c = arrow() {})
export c = c
exports = (module.exports = router)
export = = router`,
  },
  {
    name: 'dynamic imports and import.meta',
    language: 'javascript',
    source: `const m = await import('./x'), p = import(path), e = import.meta.env.VITE_X;`,
    lowered: `let m = await module("./x")
let p = import(path)
let e = import.meta.env.VITE_X`,
  },
  {
    name: 'the first line of a file',
    language: 'javascript',
    source: `'use strict';
'use client';
foo();`,
    lowered: `directive "use client"
"use strict"
"use client"
foo()`,
  },
  {
    name: 'a shebang',
    language: 'javascript',
    source: `#!/usr/bin/env node
foo();`,
    lowered: `directive "shebang"
foo()`,
  },
  {
    name: 'the script of a component',
    language: 'vue',
    source: `<template><p v-if="a < b">{{ x }}</p></template>
<!-- <script>no()</script> -->
<script setup lang="ts">
const a: string = f();
</script>`,
    lowered: `directive "vue"
let a: string = f()`,
  },
  {
    name: 'both scripts of a component',
    language: 'svelte',
    source: `<script context="module">export const ssr = false;</script>
<script lang='ts'>
  let x: number = 1;
</script>
<p>{x}</p>`,
    lowered: `directive "svelte"
let ssr = false
export ssr = ssr
let x: number = 1`,
  },
];

const expressions: readonly Case[] = [
  {
    name: 'operators',
    language: 'javascript',
    source: `a === b; a !== b; a == b;
!a && (b || c) ?? d; a in b; a instanceof B; typeof a == 'x';`,
    lowered: `(a == b)
(a != b)
(a == b)
((!a && (b || c)) ?? d)
(a in b)
(a instanceof B)
(typeof a == "x")`,
  },
  {
    name: 'members and subscripts',
    language: 'javascript',
    source: `a.b['c'][d][0]?.e?.[f]?.(g); this.#x; super.m();`,
    lowered: `a.b.c[d][0]?.e[f](g)
this.#x
super.m()`,
  },
  {
    name: 'literals',
    language: 'javascript',
    source: `[0xFF, 1_000n, 017, 0b11, .5, -3, 1e3, true, null, undefined, void 0];`,
    lowered: `[255, 1000, 15, 3, 0.5, -3, 1000, true, null, null, null]`,
  },
  {
    name: 'escapes',
    language: 'javascript',
    source: `'it\\'s \\x41 \\u0042 \\u{1F600} \\\\d \\
cont';`,
    lowered: `"it's A B 😀 \\\\d cont"`,
  },
  {
    name: 'templates',
    language: 'javascript',
    source: `\`plain\\n\`; \`\`; \`a\${b}c\${d}\`; sql\`select \${x}\`;`,
    lowered: `"plain\\n"
""
concat("a", b, "c", d)
sql concat("select ", x)`,
  },
  {
    name: 'regular expressions',
    language: 'javascript',
    source: `/^a\\/b+$/gi;`,
    lowered: `/^a\\/b+$/gi`,
  },
  {
    name: 'records',
    language: 'javascript',
    source: `x = { a, 'b-c': 1, [d]: 2, ['e']: 3, 4: 5, ...f, async g() {}, get i() { return 1 }, *[Symbol.x]() {} };`,
    lowered: `x = { a, b-c: 1, [d]: 2, e: 3, 4: 5, ...f, g: async function g() {}, i: get function i() {
  return 1
}, [Symbol.x]: function*() {} }`,
  },
  {
    name: 'lists',
    language: 'javascript',
    source: `[1, , ...x, 2,];`,
    lowered: `[1, null, ...x, 2]`,
  },
  {
    name: 'calls',
    language: 'javascript',
    source: `f(a, ...b); new Foo; new a.B(1);`,
    lowered: `f(a, ...b)
new Foo()
new a.B(1)`,
  },
  {
    name: 'functions',
    language: 'javascript',
    source: `x = function named(a = 1, { b, c: { d } = {} }, [e, , f] = [], ...g) {};
y = async ({ id }) => ({ id });
z = a => a * 2;
w = function* () { yield* a; yield; };`,
    lowered: `x = function named(a = 1, { b, c: { d } = {} }, [e, _, f] = [], ...g) {}
y = async arrow({ id }) {
  return { id }
}
z = arrow(a) {
  return (a * 2)
}
w = function*() {
  yield a
  yield null
}`,
  },
  {
    name: 'types are taken off',
    language: 'typescript',
    source: `x = <string>a + (b as any).c + d!.e + (f satisfies G);
id<string>('x');`,
    lowered: `x = (((a + b.c) + d).e + f)
id("x")`,
  },
  {
    name: 'assignments',
    language: 'javascript',
    source: `a ||= b; c.d ??= e; i++; f(--j); x = y = z; ({ a, b: c.d, e = 1, ...f } = g); [a, b] = [b, a];`,
    lowered: `a ||= b
c.d ??= e
i += 1
f((j -= 1))
x = (y = z)
{ a, b: c.d, e = 1, ...f } = g
[a, b] = [b, a]`,
  },
  {
    name: 'sequences',
    language: 'javascript',
    source: `a(), b();
(0, foo.bar)(x);
x = (a(), b);`,
    lowered: `a()
b()
foo.bar(x)
x = opaque(a(), b)`,
  },
  {
    name: 'choices',
    language: 'javascript',
    source: `x = a ? b : c;`,
    lowered: `x = (a ? b : c)`,
  },
  {
    name: 'JSX',
    language: 'javascriptreact',
    source: `x = <Foo a="1 &amp; 2" b={y} {...p} c><div className='q'>hi {name} {/* no */}<a.b/></div><></></Foo>;`,
    lowered: `x = jsx Foo({ a: "1 & 2", b: y, ...p, c: true }, jsx "div"({ className: "q" }, "hi", name, jsx a.b({})), jsx ""({}))`,
  },
];

const statements: readonly Case[] = [
  {
    name: 'branches',
    language: 'javascript',
    source: `if (a) b(); else if (c) { d() } else e();`,
    lowered: `if a {
  b()
} else {
  if c {
    d()
  } else {
    e()
  }
}`,
  },
  {
    name: 'loops',
    language: 'javascript',
    source: `for (const [k, v] of o) { continue }
for (const k in o) f(k);
for (let i = 0, j = 2; i < 3; i++, j--) g();
for (;;) break;
for await (const c of s) h(c);
while (x) y();
do { z() } while (w);
outer: for (a of b) break outer;`,
    lowered: `loop [k, v] of o {
  continue
}
loop k of Object.keys(o) {
  f(k)
}
{
  let i = 0
  let j = 2
  loop while (i < 3) {
    g()
    i += 1
    j -= 1
  }
}
loop {
  break
}
loop c of s {
  h(c)
}
loop while x {
  y()
}
loop while w {
  z()
}
loop a of b {
  break
}`,
  },
  {
    name: 'failures',
    language: 'javascript',
    source: `try { a() } catch ({ message }) { b() } finally { c() }
try { a() } catch {}
throw new Error('x');`,
    lowered: `try {
  a()
} catch { message } {
  b()
} finally {
  c()
}
try {
  a()
} catch {}
throw new Error("x")`,
  },
  {
    name: 'a switch',
    language: 'javascript',
    source: `switch (type) { case 'a': case 'b': foo(); break; case 'c': { bar(); return } default: baz() }`,
    lowered: `if ((type == "a") || (type == "b")) {
  foo()
} else {
  if (type == "c") {
    bar()
    return
  } else {
    baz()
  }
}`,
  },
  {
    name: 'a switch that falls through',
    language: 'javascript',
    source: `switch (x) { case 1: one(); case 2: two(); break; default: d() }`,
    lowered: `if (x == 1) {
  one()
}
if ((x == 1) || (x == 2)) {
  two()
} else {
  d()
}`,
  },
  {
    name: 'a switch computes its subject once',
    language: 'javascript',
    source: `switch (await get()) { case 1: one() }`,
    lowered: `{
  let $subject = await get()
  if ($subject == 1) {
    one()
  }
}`,
  },
  {
    name: 'a switch over conditions, with its default first',
    language: 'javascript',
    source: `switch (true) { default: z(); break; case a > 1: x(); break; case b: y() }`,
    lowered: `if (a > 1) {
  x()
} else {
  if b {
    y()
  } else {
    z()
  }
}`,
  },
  {
    name: 'a break within a case',
    language: 'javascript',
    source: `switch (x) { case 1: if (a) { b(); break; } c(); break; }`,
    lowered: `if (x == 1) {
  if a {
    b()
  } else {
    c()
  }
}`,
  },
  {
    name: 'a directive in a function',
    language: 'javascript',
    source: `async function act(form) { 'use server'; save(form) }`,
    lowered: `async function act(form) "use server" {
  save(form)
}`,
  },
  {
    name: 'old and new declarations',
    language: 'javascript',
    source: `var a, b = 1;
with (c) { d }
using e = f();`,
    lowered: `var a
var b = 1
{
  c
  d
}
let e = f()`,
  },
];

const declarations: readonly Case[] = [
  {
    name: 'a NestJS controller',
    language: 'typescript',
    source: `@Controller('auth')
export class AuthController<T> extends PassportStrategy(Strategy, 'jwt') implements OnModuleInit, CanActivate<X> {
  constructor(private readonly jwt: JwtService, @Inject(Users) public users: Repository<User>, plain: string) { super({ secret: process.env['S']! }); }
  @Post('login') @UseGuards(AuthGuard('local')) async login(@Body() dto: LoginDto, @Req() req?: Request): Promise<string> { return this.x(dto); }
}`,
    lowered: `@Controller("auth") class AuthController extends PassportStrategy(Strategy, "jwt"), OnModuleInit, CanActivate {
  function constructor(field jwt: JwtService, @Inject(Users) field users: Repository[User], plain: string) {
    super({ secret: process.env.S })
  }
  @Post("login") @UseGuards(AuthGuard("local")) async function login(@Body() dto: LoginDto, @Req() req: Request): Promise[string] {
    return this.x(dto)
  }
}
export AuthController = AuthController`,
  },
  {
    name: 'members of classes',
    language: 'typescript',
    source: `abstract class A {
  static #count = 0;
  @Inject() private readonly repo: Repository<User>;
  name?: string;
  static { init(); }
  get foo() { return 1 }
  set foo(v) {}
  static async s() {}
  abstract bar(): void;
  [Symbol.iterator]() {}
  handler = async (req) => {};
}`,
    lowered: `class A {
  static field #count = 0
  @Inject() field repo: Repository[User]
  field name: string
  field handler = async arrow(req) {}
  get function foo() {
    return 1
  }
  set function foo(v) {}
  static async function s() {}
  function() {}
  {
    init()
  }
}`,
  },
  {
    name: 'decorators in JavaScript',
    language: 'javascript',
    source: `@a class B { @c() d = 1; @e f() {} }`,
    lowered: `@a class B {
  @c() field d = 1
  @e function f() {}
}`,
  },
  {
    name: 'enums',
    language: 'typescript',
    source: `export enum Role { User, Admin = 5, Super, 'x-y' = 'xy', Z = f(), W }`,
    lowered: `let Role = { User: 0, Admin: 5, Super: 6, x-y: "xy", Z: f(), W: opaque() }
export Role = Role`,
  },
  {
    name: 'namespaces are looked through',
    language: 'typescript',
    source: `namespace NS { export const inner = f(); }
declare global { interface Y {} }
declare module 'express' { interface X {} }
declare const V: string;`,
    lowered: `let inner = f()`,
  },
  {
    name: 'overloads and predicates',
    language: 'typescript',
    source: `function over(a: string): void;
function over(this: Foo, a: any, ...rest: string[]) {}
function guard(x: unknown): x is string { return true }`,
    lowered: `function over(a: any, ...rest: Array[string]) {}
function guard(x: unknown): opaque() {
  return true
}`,
  },
  {
    name: 'types',
    language: 'typescript',
    source: `let a: { b: string; c?: number[] } | null | D.E<F, G> | 'lit' | H['i'] | typeof j | [K, L?] | readonly M[] | (() => void);`,
    lowered: `let a: ((((((({ b: string, c: Array[number] } | null) | D.E[[F, G]]) | "lit") | H.i) | typeof j) | [K, L]) | (Array[M] | opaque()))`,
  },
];

const broken: readonly Case[] = [
  {
    name: 'an unfinished call keeps what is whole',
    language: 'javascript',
    source: `const a = jwt.verify(token, ;
foo();`,
    lowered: `let a = jwt.verify(token)
foo()
broken 27-27`,
  },
  {
    name: 'an unfinished end is read as if it were closed',
    language: 'javascript',
    source: "app.get('/x', async (req, res) => { // it's (\n  const t = jwt.sign({ sub: /[(]/.test(`${req.id",
    lowered: `app.get("/x", async arrow(req, res) {
  let t = jwt.sign({ sub: /[(]/.test(concat(req.id)) })
})
broken 94-94`,
  },
  {
    name: 'an unfinished string too',
    language: 'javascript',
    source: "f({ a: 'b",
    lowered: `f({ a: "b" })
broken 9-9`,
  },
];

const all = { modules, expressions, statements, declarations, broken };

const grammars = new Map<string, Grammar>();

before(async () => {
  for (const name of ['javascript', 'typescript', 'tsx']) {
    grammars.set(name, await grammarNamed(name));
  }
});

function grammarOf(languageId: string): Grammar {
  const grammar = grammars.get(javascript.grammar(languageId));
  assert.ok(grammar);
  return grammar;
}

function lowered(written: string, languageId: string) {
  const grammar = grammarOf(languageId);
  const text = javascript.source?.(written, languageId) ?? written;
  const tree = parse(grammar, text);
  try {
    return lowerFile({ path: 'a', text, languageId, language: javascript, tree, grammar });
  } finally {
    tree.delete();
  }
}

describe('JavaScript lowers to the shared form', () => {
  for (const [group, cases] of Object.entries(all)) {
    describe(group, () => {
      for (const { name, language, source, lowered: expected } of cases) {
        it(name, () => {
          assert.equal(printFile(lowered(source, language)), expected);
        });
      }
    });
  }

  it('spans are where the text is', () => {
    const text = `const x = { key: process.env['SECRET'] };`;
    const [item] = lowered(text, 'javascript').items;
    const statement = item?.statements[0];
    assert.ok(statement?.kind === 'let' && statement.value?.kind === 'record');
    const entry = statement.value.entries[0];
    assert.ok(entry?.keySpan && entry.value.kind === 'member');
    assert.equal(text.slice(entry.keySpan.start, entry.keySpan.end), 'key');
    assert.equal(text.slice(entry.value.propertySpan.start, entry.value.propertySpan.end), "'SECRET'");
  });

  it('comments lose their markers', () => {
    const text = '// one\nf(); /* two */ g();\n/**\n * three\n */\n<A>{/* four */}</A>;';
    assert.deepEqual(
      lowered(text, 'javascriptreact').comments.map(({ text, alone }) => [text, alone]),
      [
        ['one', true],
        ['two', false],
        ['three', true],
        ['four', false],
      ],
    );
  });
});

/** A small generator of the same numbers for the same seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const corpus = Object.values(all).flat();
const fragments = [
  '(',
  ')',
  '{',
  '}',
  '`',
  '${',
  "'",
  '/',
  '=>',
  ';',
  '\n',
  '<',
  'async ',
  '...',
  '@',
  '#',
  '😀',
  '//',
  '/*',
  'x',
  ' ',
];

/** The text with a few pieces taken out, doubled or put in. */
function mutated(text: string, random: (below: number) => number): string {
  let result = text;
  for (let count = 1 + random(3); count > 0; count--) {
    const start = random(result.length + 1);
    const end = Math.min(result.length, start + random(12));
    const put = [fragments[random(fragments.length)] ?? '', result.slice(start, end).repeat(2), ''][random(3)] ?? '';
    result = result.slice(0, start) + put + result.slice(end);
  }
  return result;
}

describe('JavaScript lowering is total', () => {
  it('on cut and mutated code', () => {
    const random = numbers(1);
    for (const { source, language } of corpus) {
      for (let round = 0; round < 12; round++) {
        lowered(mutated(source, random), language);
        lowered(source.slice(0, random(source.length)), language);
      }
    }
  }).timeout(30_000);

  it('on noise', () => {
    const random = numbers(2);
    for (let round = 0; round < 200; round++) {
      const text = Array.from({ length: random(60) }, () => fragments[random(fragments.length)]).join('');
      for (const language of ['javascript', 'typescriptreact', 'vue']) {
        lowered(text, language);
      }
    }
  }).timeout(30_000);

  const deep = 60_000;
  const nestings: Readonly<Record<string, string>> = {
    parentheses: `x = ${'('.repeat(deep)}1${')'.repeat(deep)}`,
    lists: `x = ${'['.repeat(deep)}${']'.repeat(deep)}`,
    calls: `x = ${'f('.repeat(deep)}${')'.repeat(deep)}`,
    'left open': `x = ${'['.repeat(deep)}`,
    sums: `x = ${'a + '.repeat(deep)}b`,
    chains: `x = a${'.b()'.repeat(deep)}`,
    blocks: `${'{'.repeat(deep)}${'}'.repeat(deep)}`,
    branches: `${'if (a) b; else '.repeat(5_000)}c`,
    cases: `switch (a) { ${Array.from({ length: 5_000 }, (_, at) => `case ${at}: f(); break;`).join('\n')} }`,
  };
  for (const [name, text] of Object.entries(nestings)) {
    it(`on deep nesting: ${name}`, () => {
      printFile(lowered(text, 'javascript'));
    }).timeout(20_000);
  }

  it('keeps the parts of long chains', () => {
    const sum = Array.from({ length: 300 }, (_, at) => `f(${at})`).join(' + ');
    assert.match(printFile(lowered(sum, 'javascript')), /^opaque\(f\(0\), .*f\(299\)\)$/);
    assert.match(printFile(lowered(`'a' + ${sum}`, 'javascript')), /^concat\("a", f\(0\), .*f\(299\)\)$/);
  });
});

describe('JavaScript lowered after an edit is as from scratch', () => {
  for (const language of ['javascript', 'typescript', 'typescriptreact', 'vue']) {
    it(language, () => {
      const random = numbers(3);
      const sources = corpus.filter((one) => one.language === language || language.startsWith('typescript'));
      const wrap = (text: string) =>
        language === 'vue' && !text.includes('<script') ? `<script>${text}</script>` : text;
      const script = (text: string) => javascript.source?.(text, language) ?? text;
      const cache = itemCache(20);
      let text = wrap(sources.map((one) => one.source).join('\n'));
      let tree = parse(grammarOf(language), script(text));
      for (let round = 0; round < 150; round++) {
        // Now and then the code is whole again, as it is when somebody stops typing.
        const after = round % 5 === 4 ? wrap(sources[random(sources.length)]?.source ?? '') : mutated(text, random);
        tree = reparse(grammarOf(language), tree, script(text), script(after));
        text = after;
        const grammar = grammarOf(language);
        const file = lowerFile({
          path: 'a',
          text: script(text),
          languageId: language,
          language: javascript,
          tree,
          cache,
          grammar,
        });
        assert.deepEqual(file, lowered(text, language), `seed 3, round ${round}`);
      }
      tree.delete();
    }).timeout(60_000);
  }
});

describe('JavaScript imports lead to', () => {
  const manifests: Readonly<Record<string, string>> = {
    'package.json':
      '{ "name": "root", "workspaces": ["packages/*"], "imports": { "#config": { "default": "./src/config.js" }, "#lib/*": "./src/lib/*.js" } }',
    'tsconfig.json':
      '{ // comments\n "extends": "./tsconfig.base.json", "compilerOptions": { "baseUrl": "./src", "paths": { "@auth/*": ["auth/*"], "env": ["./config.ts"], } } }',
    'tsconfig.base.json': '{ "compilerOptions": { "paths": { "@models": ["src/models/index.ts"] } } }',
    'packages/auth/package.json':
      '{ "name": "@acme/auth", "exports": { ".": { "import": "./dist/index.js" }, "./jwt": "./dist/jwt.js", "./guards/*": "./src/guards/*.ts" } }',
    'packages/db/package.json': '{ "name": "db", "main": "lib/main.js" }',
    'web/package.json': '{ "name": "web" }',
    'broken/package.json': '{ "name": ',
    'deno/deno.json': '{ "imports": { "jose": "npm:jose@5", "oak/": "jsr:@oak/oak@17/", "~env": "./env.ts" } }',
  };
  const paths = [
    ...Object.keys(manifests),
    ...[
      'src/app.ts',
      'src/config.ts',
      'src/auth/jwt.ts',
      'src/auth/index.tsx',
      'src/both.js',
      'src/both.ts',
      'src/models/index.ts',
    ],
    ...['src/lib/a.ts', 'src/Login.vue', 'src/data.json', 'src/store.ios.ts', 'src/store.android.ts'],
    ...[
      'packages/auth/src/index.ts',
      'packages/auth/src/jwt.ts',
      'packages/auth/src/guards/role.ts',
      'packages/db/src/main.ts',
    ],
    ...[
      'web/src/lib/session.ts',
      'web/app/session.server.ts',
      'web/src/main.ts',
      'web/utils/x.mjs',
      'broken/a.js',
      'deno/main.ts',
      'deno/env.ts',
    ],
  ];
  const known = new Set(paths);
  const project: ProjectFiles = {
    has: (path) => known.has(path),
    under: (folder) => paths.filter((path) => folder === '' || path.startsWith(`${folder}/`)).sort(),
    manifest: (path) => manifests[path],
  };
  const table: readonly (readonly [specifier: string, from: string, leadsTo: string])[] = [
    ['./config', 'src/app.ts', 'src/config.ts'],
    ['./config.js', 'src/app.ts', 'src/config.ts'],
    ['./both.js', 'src/app.ts', 'src/both.ts'],
    ['./auth', 'src/app.ts', 'src/auth/index.tsx'],
    ['./auth/', 'src/app.ts', 'src/auth/index.tsx'],
    ['.', 'src/auth/jwt.ts', 'src/auth/index.tsx'],
    ['../config?raw', 'src/auth/jwt.ts', 'src/config.ts'],
    ['./Login.vue', 'src/app.ts', 'src/Login.vue'],
    ['./data.json', 'src/app.ts', 'src/data.json'],
    ['./store', 'src/app.ts', 'src/store.ios.ts src/store.android.ts'],
    ['./gone', 'src/app.ts', 'unresolved'],
    ['../../out', 'src/app.ts', 'unresolved'],
    ['@auth/jwt', 'src/app.ts', 'src/auth/jwt.ts'],
    ['env', 'src/auth/jwt.ts', 'src/config.ts'],
    ['@models', 'src/app.ts', 'src/models/index.ts'],
    ['auth/jwt', 'src/app.ts', 'src/auth/jwt.ts'],
    ['#config', 'src/app.ts', 'src/config.ts'],
    ['#lib/a', 'src/app.ts', 'src/lib/a.ts'],
    ['@/config', 'src/auth/jwt.ts', 'src/config.ts'],
    ['@/utils/x.mjs', 'web/src/main.ts', 'web/utils/x.mjs'],
    ['~/session.server', 'web/src/main.ts', 'web/app/session.server.ts'],
    ['$lib/session', 'web/src/main.ts', 'web/src/lib/session.ts'],
    ['/src/main.ts', 'web/index.ts', 'web/src/main.ts'],
    ['@/gone', 'src/app.ts', 'unresolved'],
    ['@acme/auth', 'src/app.ts', 'packages/auth/src/index.ts'],
    ['@acme/auth/jwt', 'src/app.ts', 'packages/auth/src/jwt.ts'],
    ['@acme/auth/guards/role', 'web/src/main.ts', 'packages/auth/src/guards/role.ts'],
    ['db', 'src/app.ts', 'packages/db/src/main.ts'],
    ['jsonwebtoken', 'src/app.ts', 'library jsonwebtoken'],
    ['jose/jwt/verify', 'src/app.ts', 'library jose/jwt/verify'],
    ['@nestjs/jwt', 'broken/a.js', 'library @nestjs/jwt'],
    ['node:crypto', 'src/app.ts', 'library crypto'],
    ['npm:jose@5.2/jwt/verify', 'deno/main.ts', 'library jose/jwt/verify'],
    ['jsr:@hono/hono@4', 'deno/main.ts', 'library @hono/hono'],
    ['https://esm.sh/jose@5', 'deno/main.ts', 'library jose'],
    ['https://deno.land/x/djwt@v3.0.2/mod.ts', 'deno/main.ts', 'library djwt'],
    ['jose', 'deno/main.ts', 'library jose'],
    ['oak/router', 'deno/main.ts', 'library @oak/oak/router'],
    ['', 'src/app.ts', 'library '],
  ];
  for (const [specifier, from, expected] of table) {
    it(`${specifier} from ${from}: ${expected}`, () => {
      const target = resolve(specifier, from, project);
      const shown =
        target.kind === 'files'
          ? target.paths.join(' ')
          : target.kind === 'library'
            ? `library ${target.module}`
            : target.kind;
      assert.equal(shown, expected);
    });
  }
});
