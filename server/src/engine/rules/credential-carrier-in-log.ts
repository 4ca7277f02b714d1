import { sayKinds, severityOf } from '../facts/leaks/say.js';
import { isAbsent, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'credential-carrier-in-log',
  item: 'token-logging',
  title: 'An object that holds a credential is logged whole',
  why: 'A whole request, header map, body or token response holds more than the line is about. Whoever reads the logs reads the credentials in it.',
  attack:
    'One debug line writes the headers of every request. Somebody with access to the log search copies an `Authorization` header or a session cookie from it, and acts as that user until it ends.',
  remedy:
    'Name the fields that the entry is about instead of logging the whole object. Configure the logger to redact `authorization`, `cookie`, `set-cookie`, `password` and `token` as a second net.',
  severities: ['warning', 'error'],
  precision: 'high',
  cwe: [532],
  references: ['ASVS 16.2.5', 'RFC 9700 §4.3.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable: 'app.use((req, res, next) => {\n  console.log(req.method, req.path, req.headers);\n  next();\n});',
      fixed:
        "app.use((req, res, next) => {\n  console.log(req.method, req.path, req.headers['user-agent']);\n  next();\n});",
    },
  ],
  on: 'CredentialFlow',
  *check({ roles, at }) {
    if (textOf(roles.sink) !== 'log' || textOf(roles.source) !== 'container' || isAbsent(roles.redactor) !== true)
      return;
    const gravity = severityOf(roles.gravity);
    const carrier = textOf(roles.carrier) ?? 'the object';
    yield {
      at,
      fix: { title: 'Keep it out of the log', kind: 'suggestion', steps: [{ redact: at }] },
      severity: gravity === 'info' ? 'warning' : gravity,
      message: `${carrier.charAt(0).toUpperCase()}${carrier.slice(1)} written here ${/s$/.test(carrier) ? 'hold' : 'holds'} ${sayKinds(roles.kinds)}.`,
    };
  },
});
