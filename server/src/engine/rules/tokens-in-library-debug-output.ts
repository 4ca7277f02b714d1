import { booleanOf, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'tokens-in-library-debug-output',
  item: 'token-logging',
  title: "A library's debug output prints tokens",
  why: 'Debug output of auth libraries is written for the developer at the desk: it prints tokens, headers and bodies.',
  attack:
    'The switch is left on in production. From then on the log holds the tokens of every login, for everybody who may read logs.',
  remedy: 'Switch it on in development only, by the same test that tells development from production elsewhere.',
  severities: ['warning'],
  precision: 'high',
  cwe: [532],
  references: ['ASVS 16.2.5'],
  examples: [
    {
      language: 'python',
      vulnerable:
        'import http.client\nimport requests\n\nhttp.client.HTTPConnection.debuglevel = 1\nrequests.get(url, headers={"Authorization": token})',
      fixed:
        'import http.client\nimport requests\n\nhttp.client.HTTPConnection.debuglevel = 0\nrequests.get(url, headers={"Authorization": token})',
    },
  ],
  on: 'LibraryDebug',
  *check({ roles, at, spans }) {
    if (booleanOf(roles.on) !== true) return;
    const place = { path: at.path, span: spans.on ?? at.span };
    yield {
      fix: { title: 'Switch it off', kind: 'safe', steps: [{ remove: place }] },
      at: place,
      message: `This debug output is always on, and prints ${textOf(roles.prints) ?? 'tokens'}.`,
    };
  },
});
