import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'client-credentials-in-public-client',
  item: 'oauth-flow',
  title: 'The client credentials grant runs at the user’s',
  why: 'What is shipped to a browser or phone is published. With this grant the secret opens the API as the application itself.',
  attack: 'Anybody takes the secret out of the bundle and reads or changes the data of all users at once.',
  remedy: 'Keep this grant between servers; let users sign in with the code flow and PKCE.',
  severities: ['error'],
  precision: 'high',
  cwe: [522],
  references: ['OAuth 2.1 §2.1', 'OAuth 2.1 §8.1.1', 'ASVS 10.1.1'],
  noFix: 'The call has to move to a server.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `async function load() {\n  document.title = 'Loading';\n  await fetch('https://idp.example/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', client_id: ID, client_secret: import.meta.env.VITE_SECRET }) });\n}`,
      fixed: `async function load() {\n  document.title = 'Loading';\n  await fetch('/api/prices');\n}`,
    },
  ],
  on: 'TokenRequest',
  *check({ roles, at, path, spans }) {
    const kind = textOf(roles.client);
    if (textOf(roles.side) === 'serves' || textOf(roles.grantType) !== 'client_credentials') return;
    if (kind !== 'browser' && kind !== 'mobile' && kind !== 'desktop') return;
    yield {
      at: spans.grantType ? { path, span: spans.grantType } : at,
      message: `The client credentials grant runs in a ${kind === 'browser' ? 'browser' : `${kind} app`}.`,
    };
  },
});
