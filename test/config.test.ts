/** What `authlens.config.json` says, and what it says wrongly. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { DEFAULT_CONFIG, excludes, readConfig } from '../server/src/engine/workspace/config.js';
import { workspaceOf } from './harness/memory-workspace.js';

describe('the configuration', () => {
  it('names what is wrong in it, and keeps the rest', () => {
    const problems = (text: string) => readConfig(text).problems;
    assert.deepEqual(problems('{ // a comment\n "limits": { "accessTokenMinutes": 30, }, }'), []);
    assert.deepEqual(problems(''), []);
    assert.deepEqual(problems('{\n "rules": {\n'), ['Line 3 is not valid JSON (CloseBraceExpected).']);
    assert.deepEqual(problems('[]'), ['The configuration is not an object.']);
    assert.deepEqual(problems('{ "rulez": {} }'), ['There is no setting `rulez`.']);
    assert.deepEqual(problems('{ "rules": { "no-such-rule": "off" } }'), ['There is no rule `no-such-rule`.']);
    assert.deepEqual(problems('{ "rules": { "token-without-expiry": "loud" } }'), [
      'The level of rule `token-without-expiry` is none of off, info, warning, error.',
    ]);
    assert.deepEqual(problems('{ "exclude": "dist" }'), ['`exclude` is no list of texts.']);
    assert.equal(
      readConfig('{ "limits": { "accessTokenMinutes": -1, "refreshTokenDays": 30 } }').config.limits.refreshTokenDays,
      30,
    );
  });

  it('leaves out files as a .gitignore would', () => {
    const config = { ...DEFAULT_CONFIG, exclude: ['legacy/', '*.spec.ts', '!keep.spec.ts'] };
    const left = ['legacy/a.js', 'src/legacy/a.js', 'a.spec.ts', 'keep.spec.ts', 'src/a.ts'].filter(
      (path) => !excludes(config, path),
    );
    assert.deepEqual(left, ['keep.spec.ts', 'src/a.ts']);
  });

  it('of the nearest folder wins', async () => {
    const source = "const jwt = require('jsonwebtoken');\njwt.sign({ sub: 1 }, key);\n";
    const workspace = await workspaceOf({});
    await workspace.apply([
      { kind: 'write', path: 'a.js', text: source },
      { kind: 'write', path: 'old/b.js', text: source },
      { kind: 'write', path: 'new/c.js', text: source },
      { kind: 'write', path: 'authlens.config.json', text: '{ "exclude": ["old"] }' },
      { kind: 'write', path: 'new/authlens.config.json', text: '{ "rules": { "token-without-expiry": "off" } }' },
    ]);
    const verdict = (path: string) =>
      workspace
        .snapshot()
        .report(path)
        ?.items.find(({ id }) => id === 'token-expiry')?.verdict;
    assert.equal(verdict('a.js'), 'fail');
    assert.notEqual(verdict('old/b.js'), 'fail');
    assert.equal(verdict('new/c.js'), null);
    await workspace.apply([{ kind: 'remove', path: 'authlens.config.json' }]);
    assert.equal(verdict('old/b.js'), 'fail');
    workspace.dispose();
  });

  it('has a schema that takes what init writes', () => {
    const isValid = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('docs/schema/config-v1.json', 'utf8')));
    assert.ok(isValid({ rules: { 'token-without-expiry': 'off' }, limits: { accessTokenMinutes: 5 }, exclude: [] }));
    assert.equal(isValid({ rules: { 'no-such-rule': 'off' } }), false);
  });
});
