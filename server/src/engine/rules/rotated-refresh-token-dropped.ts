import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'rotated-refresh-token-dropped',
  item: 'refresh-rotation',
  title: 'A client does not keep the new refresh token',
  why: 'Where the provider rotates, the answer to a refresh brings the next refresh token, and the old one is dead. A client that keeps only the access token presents a dead token next time: its user is logged out, or the provider takes it for theft and ends the whole session.',
  attack:
    'An attacker copied the refresh token and used it first. The client, which never kept a new one, goes on presenting the old one, so nobody can tell the two apart.',
  remedy:
    'Store the refresh token of the answer, in the place from which the next refresh reads; keep the old one only if none came.',
  severities: ['warning'],
  precision: 'medium',
  cwe: [613],
  references: ['RFC 9700 §4.14.2', 'OAuth 2.1 §4.3.3'],
  examples: [
    {
      language: 'typescript',
      vulnerable: `export async function renew(refreshToken: string) {\n  const response = await fetch('https://id.example.com/oauth/token', {\n    method: 'POST',\n    body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'app', refresh_token: refreshToken }),\n  });\n  const data = await response.json();\n  return data.access_token;\n}`,
      fixed: `export async function renew(refreshToken: string) {\n  const response = await fetch('https://id.example.com/oauth/token', {\n    method: 'POST',\n    body: new URLSearchParams({ grant_type: 'refresh_token', client_id: 'app', refresh_token: refreshToken }),\n  });\n  const data = await response.json();\n  await keep(data.refresh_token ?? refreshToken);\n  return data.access_token;\n}`,
    },
  ],
  on: 'RefreshExchange',
  *check({ roles, at }, ctx) {
    if (textOf(roles.side) !== 'client' || textOf(roles.kept) !== 'access only') return;
    if (textOf(roles.clientKind) === 'confidential') return;
    if (textOf(roles.recognisedBy) === 'route') {
      // An API of our own: whether it hands out a new one is known only if it is in sight.
      const server = ctx.all('RefreshExchange').find((e) => textOf(e.roles.side) === 'server');
      if (!server || textOf(server.roles.newRefresh) !== 'fresh') return;
    }
    yield { at, message: 'Only the access token of the answer is kept; the new refresh token is dropped.' };
  },
});
