import { sayKinds, severityOf } from '../facts/leaks/say.js';
import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'credential-in-error-response',
  item: 'token-logging',
  title: 'An error message holds a credential',
  why: 'Error messages are shown, copied into tickets and caught by log handlers that know nothing of what is in them.',
  attack:
    'A user sends a screenshot of the error page to support. The ticket now holds their token, and everybody who can read tickets can be that user.',
  remedy: 'Answer with a generic message and a status; log the cause without the credential.',
  severities: ['warning', 'error'],
  precision: 'high',
  cwe: [209],
  references: ['ASVS 16.5.1', 'ASVS 16.2.5'],
  examples: [
    {
      language: 'python',
      vulnerable:
        'from fastapi import HTTPException\n\ndef current_user(token: str):\n    raise HTTPException(status_code=401, detail=f"invalid token {token}")',
      fixed:
        'from fastapi import HTTPException\n\ndef current_user(token: str):\n    raise HTTPException(status_code=401, detail="invalid token")',
    },
  ],
  on: 'CredentialFlow',
  *check({ roles, at }) {
    if (textOf(roles.sink) !== 'error') return;
    const gravity = severityOf(roles.gravity);
    yield {
      at,
      fix: { title: 'Keep it out of the answer', kind: 'suggestion', steps: [{ redact: at }] },
      severity: gravity === 'info' ? 'warning' : gravity,
      message: `This error message holds ${sayKinds(roles.kinds)}.`,
    };
  },
});
