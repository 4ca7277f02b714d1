import assert from 'node:assert/strict';
import { printFile } from '../../server/src/engine/ir/print.js';
import { javascript } from '../../server/src/engine/languages/javascript/adapter.js';
import { lowerFile } from '../../server/src/engine/languages/lower-file.js';
import type { Grammar } from '../../server/src/engine/syntax/grammar.js';
import { parse } from '../../server/src/engine/syntax/parse.js';
import { grammarNamed } from '../support/grammars.js';

const grammars = new Map<string, Grammar>();

before(async () => {
  for (const name of ['javascript', 'typescript', 'tsx']) {
    grammars.set(name, await grammarNamed(name));
  }
});

function lowered(text: string, languageId: string): string {
  const grammar = grammars.get(javascript.grammar(languageId));
  assert.ok(grammar);
  const tree = parse(grammar, javascript.source?.(text, languageId) ?? text);
  const file = lowerFile({ path: 'a', text, languageId, language: javascript, tree });
  tree.delete();
  return printFile(file);
}

describe('JavaScript lowers to the shared form', () => {
  it('imports', () => {
    assert.equal(
      lowered(`import jwt, { sign as s } from 'jsonwebtoken';\nconst { verify } = require('x');`, 'javascript'),
      'import jwt = jsonwebtoken#default\nimport s = jsonwebtoken#sign\nlet { verify } = module("x")',
    );
  });
});
