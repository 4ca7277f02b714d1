import { sayKinds, severityOf } from '../facts/leaks/say.js';
import { isAbsent, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'credential-in-log',
  item: 'token-logging',
  title: 'A token, secret or password is written to a log',
  why: 'Logs travel further than databases: into collectors, tickets, screenshots and backups, and to everybody who may search them. A token in a log line is valid for whoever reads it, and nobody notices the use.',
  attack:
    'A contractor with read access to the log search looks for `Bearer ey`. They copy the freshest token and are that user until it ends. Nothing in the logs tells their requests from the real ones.',
  remedy:
    'Log what happened and to whom (`sub`, `jti`, the outcome), never the credential. To tell tokens apart, log at most the first eight characters or a hash.',
  severities: ['warning', 'error', 'info'],
  precision: 'high',
  cwe: [532],
  references: ['ASVS 16.2.5', 'RFC 9700 §4.3.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: 'const accessToken = createAccessToken(user);\nlogger.info(`Issued ${accessToken} for ${user.id}`);',
      fixed: 'const accessToken = createAccessToken(user);\nlogger.info(`Issued an access token for ${user.id}`);',
    },
    {
      language: 'python',
      vulnerable: 'def login(username, password):\n    print(f"login {username} {password}")',
      fixed: 'def login(username, password):\n    print(f"login {username}")',
    },
  ],
  on: 'CredentialFlow',
  *check({ roles, at }) {
    if (textOf(roles.sink) !== 'log' || textOf(roles.source) !== 'value' || isAbsent(roles.redactor) !== true) return;
    yield {
      at,
      severity: severityOf(roles.gravity),
      message: `This log entry holds ${sayKinds(roles.kinds)}.`,
      fix: { title: 'Keep it out of the log', kind: 'suggestion', steps: [{ redact: at }] },
    };
  },
});
