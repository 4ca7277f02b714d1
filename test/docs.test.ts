/** Rules in words: what a hover, a page and a terminal say, within the room they have. */
import assert from 'node:assert/strict';
import { CHECKLIST, itemText, renderRule, RULES, ruleHover, type RuleInfo } from '../server/src/engine/index.js';
import { referenceFrom, referencesOf, STANDARDS } from '../server/src/engine/docs/standards.js';
import { WORDS_RULES } from './harness/words-engine.js';

describe('rules in words', () => {
  for (const rule of RULES as readonly RuleInfo[]) {
    it(`${rule.id} is read in thirty seconds`, () => {
      const hover = ruleHover(rule, { language: 'javascript' });
      const words = wordsOf(hover);
      assert.ok(words <= 130, `${words} words: shorten the attack or the remedy of ${rule.id}`);
      const sentences = rule.attack.match(/[.!?](?=\s|$)/g)?.length ?? 0;
      assert.ok(sentences <= 3, `${sentences} sentences: an attack is told in at most three`);
    });
  }

  it('a hover shows the attack, the remedy with code, the question and what it is about, and references', () => {
    const rule: RuleInfo = { ...WORDS_RULES[2]!, references: ['RFC 8725 §3.1', 'ASVS 9.1.2', 'Something else'] };
    assert.equal(
      ruleHover(rule, { language: 'typescript' }),
      [
        'Somebody uses it.',
        '**Fix:** Put jwt-algorithms right.',
        '```typescript\nright();\n```',
        '*Are JWTs validated with explicit algorithm specification?* (authentication)',
        '[RFC 8725 §3.1](https://www.rfc-editor.org/rfc/rfc8725#section-3.1) · [ASVS 9.1.2 (L1)](https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x18-V9-Self-contained-Tokens.md) · [ASVS 9.1.1 (L1)](https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en/0x18-V9-Self-contained-Tokens.md) · [CWE-347](https://cwe.mitre.org/data/definitions/347.html)',
      ].join('\n\n'),
    );
  });

  it('shows the code of this place in the hover where there is some', () => {
    assert.match(ruleHover(WORDS_RULES[0]!, { language: 'go', code: 'a ``` b' }), /````go\na ``` b\n````/);
    assert.equal(ruleHover(WORDS_RULES[0]!, { language: 'go' }).includes('```'), false);
  });

  it('renders a rule by its id, and nothing for an unknown one', () => {
    assert.match(renderRule('token-without-expiry', 'markdown') ?? '', /^# /);
    assert.match(renderRule('token-without-expiry', 'text') ?? '', /The attack/);
    assert.equal(renderRule('no-such-rule', 'text'), undefined);
  });

  it('has standards for every item, each with an address', () => {
    assert.deepEqual(
      Object.keys(STANDARDS),
      CHECKLIST.map(({ id }) => id),
    );
    for (const { id } of CHECKLIST) {
      for (const { label, url } of referencesOf(id)) assert.match(url ?? '', /^https:\/\/\S+$/, label);
    }
    assert.match(itemText(CHECKLIST[9]!, WORDS_RULES), /RFC 9700 also accepts[\s\S]*CWE-352/);
  });

  it('reads references as rules write them', () => {
    assert.equal(
      referenceFrom('OAuth 2.1 §7.1.3.5').url,
      'https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#section-7.1.3.5',
    );
    assert.equal(referenceFrom('RFC 9700').label, 'RFC 9700');
    assert.equal(referenceFrom('https://www.rfc-editor.org/rfc/rfc7519#section-4.1.4').label, 'RFC 7519 §4.1.4');
    assert.equal(referenceFrom('https://example.com/docs/').label, 'example.com/docs');
  });
});

/** Words beside code and the reference line. */
function wordsOf(hover: string): number {
  const prose = hover
    .replace(/```[\s\S]*?```/g, '')
    .split('\n\n')
    .filter((part) => !part.includes(']('));
  return prose
    .join(' ')
    .split(/\s+/)
    .filter((word) => /\w/.test(word)).length;
}
