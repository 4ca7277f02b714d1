import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'token-in-plain-file',
  item: 'refresh-storage',
  title: 'A token is written to a file in clear',
  why: 'A file is read by every program of the user, copied by every backup, and committed by mistake. Its mode keeps other users of the machine out, nobody else.',
  attack:
    'A build script of a dependency looks through the home folder for files of known tools and sends what it finds away. The refresh token among it works for weeks.',
  remedy: 'Keep tokens in the system’s keyring, or encrypt the file with a key that is kept there.',
  severities: ['warning'],
  precision: 'high',
  cwe: [312, 922],
  references: ['ASVS 13.3.1'],
  noFix: 'Encrypting a file needs a key, and only its author knows where that can live.',
  examples: [
    {
      language: 'python',
      vulnerable: `import json\ndef save(refresh_token, path):\n    with open(path, "w") as f:\n        json.dump({"refresh_token": refresh_token}, f)`,
      fixed: `import keyring\ndef save(refresh_token):\n    keyring.set_password("app", "refresh_token", refresh_token)`,
    },
  ],
  on: 'TokenStore',
  *check({ roles, at }) {
    if (textOf(roles.medium) !== 'file') return;
    const form = textOf(roles.form);
    if (form === 'encrypted' || form === 'hashed') return;
    const kind = textOf(roles.tokenKind);
    yield { at, message: `The ${kind === 'session' ? 'session' : kind} token is written to a file in clear.` };
  },
});
