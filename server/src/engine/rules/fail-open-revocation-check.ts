import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'fail-open-revocation-check',
  item: 'revocation',
  title: 'Tokens pass when the store of revocations fails',
  why: 'The check stands in a `try`, and its failure is swallowed: whoever can make the store slow or unreachable makes every revoked token good again.',
  attack:
    'An attacker with a revoked token floods the cache until it times out. The check throws, the error is logged, and the request goes through.',
  remedy:
    'Refuse the request when the store can’t be asked, at least for what changes something; or say in the code that availability was chosen.',
  severities: ['info'],
  precision: 'medium',
  cwe: [636, 613],
  references: ['ASVS 7.4.1'],
  noFix: 'What happens while the store is down is a decision of the project.',
  examples: [
    {
      language: 'javascript',
      vulnerable: `const jwt = require('jsonwebtoken');\nexports.revoke = (jti) => redis.set('bl:' + jti, '1');\nexports.guard = async (req, res, next) => {\n  const c = jwt.verify(req.token, process.env.KEY);\n  try {\n    if (await redis.exists('bl:' + c.jti)) return res.sendStatus(401);\n  } catch (err) {\n    console.error('blocklist unavailable');\n  }\n  next();\n};`,
      fixed: `const jwt = require('jsonwebtoken');\nexports.revoke = (jti) => redis.set('bl:' + jti, '1');\nexports.guard = async (req, res, next) => {\n  const c = jwt.verify(req.token, process.env.KEY);\n  if (await redis.exists('bl:' + c.jti)) return res.sendStatus(401);\n  next();\n};`,
    },
  ],
  on: 'RevocationCheck',
  *check({ roles, at }) {
    if (textOf(roles.onError) !== 'open' || textOf(roles.how) !== 'blocklist') return;
    yield { at, message: 'When the store of ended tokens can’t be asked, the token passes.' };
  },
});
