import { fieldOf, isAbsent, textOf, textsOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'http-log-without-redaction',
  item: 'token-logging',
  title: 'A request logger writes credentials unmasked',
  why: 'A logger of requests sees every token, cookie and password that anybody sends.',
  attack:
    'Every request of every user is logged with its headers. One look into the log search gives the session of whoever was active last, an administrator included.',
  remedy:
    'Configure the logger to redact `authorization`, `cookie` and `set-cookie`, or to write a list of allowed headers only.',
  severities: ['warning'],
  precision: 'high',
  cwe: [532],
  references: ['ASVS 16.2.5'],
  examples: [
    {
      language: 'javascript',
      vulnerable: "const pinoHttp = require('pino-http');\napp.use(pinoHttp());\nconst { token } = loginResponse;",
      fixed:
        "const pinoHttp = require('pino-http');\napp.use(pinoHttp({ redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers[\"set-cookie\"]'] }));\nconst { token } = loginResponse;",
    },
  ],
  on: 'HttpLogConfig',
  *check(fact, ctx) {
    const { roles, at, spans } = fact;
    const named = /\[(authorization|cookie|set-cookie)\]/i.exec(textOf(roles.named) ?? '');
    if (named) {
      const span = spans.named ?? at.span;
      yield {
        at: { path: at.path, span },
        message: `This request log writes the \`${named[1]}\` header of every request.`,
        fix: {
          title: 'Leave the header out',
          kind: 'suggestion',
          steps: [{ dropWords: { path: at.path, span }, words: [`:req${named[0]}`, `:res${named[0]}`] }],
        },
      };
    }
    const writes = textOf(roles.writes);
    if (!writes || ctx.all('Credential').length === 0) return;
    if (isAbsent(roles.redacted) === true) {
      yield {
        at,
        message: `This request log writes ${writes}, and nothing is redacted.`,
        fix: { title: 'Mask the headers that hold tokens', kind: 'suggestion', steps: [{ set: 'redacted', of: fact }] },
      };
      return;
    }
    const masked = (textsOf(roles.redacted) ?? textsOf(fieldOf(roles.redacted, 'paths')))?.join(' ').toLowerCase();
    if (masked === undefined || /\*/.test(masked)) return;
    const missing = ['authorization', 'cookie'].filter((header) => !masked.includes(header));
    if (missing.length > 0)
      yield {
        at,
        message: `This request log redacts some fields, but not the header \`${missing.join('`, `')}\`.`,
        fix: {
          title: 'Mask the headers that hold tokens',
          kind: 'suggestion',
          steps: [{ set: 'redacted', of: fact }],
        },
      };
  },
});
