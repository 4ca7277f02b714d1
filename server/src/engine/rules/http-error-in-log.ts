import { sayKinds, severityOf } from '../facts/leaks/say.js';
import { isAbsent, textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'http-error-in-log',
  item: 'token-logging',
  title: "An HTTP client's error, with its request, is logged",
  why: 'The errors of some HTTP clients keep the request that failed: its headers, its body, its address. Printing the error prints them.',
  attack:
    'The token endpoint is down for a minute. Every failed attempt writes the client secret and the refresh token of a user into the log, where anybody with access to the log search finds them.',
  remedy: "Log the status and the error's message, not the error object: it holds the request.",
  severities: ['warning', 'error'],
  precision: 'high',
  cwe: [532],
  references: ['ASVS 16.2.5', 'RFC 9700 §4.3.2'],
  examples: [
    {
      language: 'javascript',
      vulnerable:
        "import axios from 'axios';\nexport async function refresh(refreshToken) {\n  try {\n    return await axios.post('https://idp.example/token', { refresh_token: refreshToken });\n  } catch (err) {\n    console.error('refresh failed', err);\n  }\n}",
      fixed:
        "import axios from 'axios';\nexport async function refresh(refreshToken) {\n  try {\n    return await axios.post('https://idp.example/token', { refresh_token: refreshToken });\n  } catch (err) {\n    console.error('refresh failed', err.response?.status);\n  }\n}",
    },
  ],
  on: 'CredentialFlow',
  *check({ roles, at }) {
    if (textOf(roles.sink) !== 'log' || textOf(roles.source) !== 'http error' || isAbsent(roles.redactor) !== true)
      return;
    const gravity = severityOf(roles.gravity);
    yield {
      at,
      fix: { title: 'Log only what the error says', kind: 'suggestion', steps: [{ errorText: at }] },
      severity: gravity === 'info' ? 'warning' : gravity,
      message: `This error holds the request that failed, ${sayKinds(roles.kinds)} included.`,
    };
  },
});
