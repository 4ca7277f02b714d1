import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'token-from-query-string',
  item: 'token-logging',
  title: 'A token is accepted from the query string',
  why: 'What a server accepts, clients send: tokens in addresses end up in access logs, browser histories and `Referer` headers.',
  attack:
    'Somebody copies the address of a page or a download into a chat. The token in it logs in whoever opens the link, and every proxy on the way has it in its log.',
  remedy:
    'Accept tokens from the `Authorization` header or a cookie only. For WebSockets and downloads, accept a one-time ticket.',
  severities: ['warning'],
  precision: 'high',
  cwe: [598],
  references: ['ASVS 14.2.1', 'RFC 9700 §4.3.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable:
        "import { ExtractJwt } from 'passport-jwt';\nexport const options = { jwtFromRequest: ExtractJwt.fromUrlQueryParameter('token') };",
      fixed:
        "import { ExtractJwt } from 'passport-jwt';\nexport const options = { jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken() };",
    },
  ],
  on: 'QueryToken',
  *check({ roles, at }) {
    yield {
      at,
      fix: { title: 'Take it from the header only', kind: 'suggestion', steps: [{ dropAlternative: at }] },
      message: `A token is accepted from the query string, in the parameter \`${textOf(roles.name) ?? 'token'}\`.`,
    };
  },
});
