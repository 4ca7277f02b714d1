import * as assert from 'node:assert/strict';
import type { Finding } from '../../server/src/engine/index.js';
import { createDocument, type OpenDocument, updateDocument } from '../../server/src/lsp/documents.js';
import { SteadyFindings, TYPING_PAUSE } from '../../server/src/lsp/steady.js';

describe('what is shown while somebody types', () => {
  let clock = 0;
  let steady: SteadyFindings;
  let document: OpenDocument;

  beforeEach(() => {
    clock = 0;
    steady = new SteadyFindings(() => clock);
    document = opened('a;\nsign(x);\nb;\n');
  });

  const type = (start: number, text: string) => {
    document = edited(document, start, text);
    steady.edited(document);
  };
  const show = (found: Finding[], broken: { start: number; end: number }[] = []) =>
    steady
      .settle(document, found, { broken, statementAt: lineAround })
      .map(({ rule, span, range }) => `${rule}@${span.start} ${range.start.line}`);
  const lineAround = (offset: number) => {
    const text = document.content.getText();
    return { start: text.lastIndexOf('\n', offset - 1) + 1, end: `${text}\n`.indexOf('\n', offset) };
  };

  it('is what is found, in other statements', () => {
    type(9, 'y');
    assert.deepEqual(show([finding('no-expiry', 0)]), ['no-expiry@0 0']);
  });

  it('is nothing new in the statement that is being typed, until typing pauses', () => {
    type(9, 'y');
    assert.deepEqual(show([finding('no-expiry', 4, 1)]), []);
    assert.deepEqual(show([finding('no-expiry', 4, 1)]), []);
    clock += TYPING_PAUSE;
    assert.deepEqual(show([finding('no-expiry', 4, 1)]), ['no-expiry@4 1']);
  });

  it('loses at once what was put right', () => {
    show([finding('no-expiry', 4, 1)]);
    type(9, 'y');
    assert.deepEqual(show([finding('no-expiry', 4, 1)]), ['no-expiry@4 1']);
    type(10, 'y');
    assert.deepEqual(show([]), []);
  });

  it('is what was there before, in a broken statement', () => {
    show([finding('no-expiry', 3, 1)]);
    type(9, '{');
    assert.deepEqual(show([finding('other', 3, 1)], [{ start: 8, end: 10 }]), ['no-expiry@3 1']);
  });

  it('moves with what is typed before it', () => {
    show([finding('no-expiry', 8, 1)]);
    type(3, '(');
    assert.deepEqual(show([], [{ start: 3, end: 13 }]), ['no-expiry@9 1']);
  });

  it('changes elsewhere at once', () => {
    show([finding('no-expiry', 3, 1)]);
    type(9, '{');
    assert.deepEqual(show([finding('other', 14, 2)], [{ start: 8, end: 10 }]), ['no-expiry@3 1', 'other@14 2']);
  });

  it('is what is found once typing pauses', () => {
    show([finding('no-expiry', 3, 1)]);
    type(9, '{');
    clock += TYPING_PAUSE;
    assert.deepEqual(show([finding('other', 3, 1)], [{ start: 8, end: 10 }]), ['other@3 1']);
  });

  it('is what is found after a paste', () => {
    show([finding('no-expiry', 3, 1)]);
    type(9, 'much more than a key gives');
    assert.deepEqual(show([finding('other', 3, 1)], [{ start: 8, end: 10 }]), ['other@3 1']);
  });
});

function opened(text: string): OpenDocument {
  return createDocument('file:///a.js', 'javascript', 1, text);
}

function edited(document: OpenDocument, start: number, text: string): OpenDocument {
  const at = document.content.positionAt(start);
  return updateDocument(document, [{ range: { start: at, end: at }, text }], document.version + 1);
}

function finding(rule: string, start: number, line = 0): Finding {
  return {
    id: `a.js#${rule}`,
    rule,
    item: 'token-expiry',
    severity: 'error',
    message: 'Bad.',
    path: 'a.js',
    span: { start, end: start + 2 },
    range: { start: { line, character: 0 }, end: { line, character: 2 } },
    related: [],
    fingerprint: 'f1:0',
    fixable: false,
    accepted: null,
    files: ['a.js'],
  };
}
