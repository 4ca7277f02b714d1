/** Whose tokens a verifier takes: the workspace's own, or those of a provider that serves others too. */
import { partsOf, textOf, textsOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { sameValue } from '../token-flow.js';
import { literal, withRoles } from './token-use.js';

/** Hosts of providers whose keys sign the tokens of many customers. */
const PROVIDERS =
  /accounts\.google\.com|googleapis\.com|login\.microsoftonline|sts\.windows\.net|\.auth0\.com|\.okta\.com|cognito-idp|\.amazoncognito|appleid\.apple|securetoken\.google|\.b2clogin|clerk\.|\.supabase\.co|login\.salesforce|gitlab\.com|token\.actions\.githubusercontent/i;

export default defineRecogniser({
  name: 'token-issuer',
  phase: 'workspace',
  order: 10,
  refine(fact, view) {
    if (fact.kind !== 'TokenVerify') return undefined;
    const kind = issuerKind(fact as Fact<'TokenVerify'>, view);
    return kind ? withRoles(fact, { issuerKind: literal(kind) }) : undefined;
  },
});

function issuerKind(verify: Fact<'TokenVerify'>, view: FileView): 'own' | 'provider' | undefined {
  const given = textOf(verify.roles.issuerKind);
  if (given === 'own' || given === 'provider') return given;
  if (view.all('TokenIssue').some((issue) => sameValue(issue.roles.key, verify.roles.key))) return 'own';
  for (const role of ['issuer', 'key'] as const) {
    for (const part of partsOf(verify.roles[role])) {
      const text = textOf(part);
      if (text && PROVIDERS.test(text)) return 'provider';
    }
  }
  if (textOf(verify.roles.keyKind) === 'set') return 'provider';
  const algorithms = textsOf(verify.roles.algorithms);
  // Somebody else's public key; one's own would be used to issue somewhere.
  if (algorithms && algorithms.length > 0 && algorithms.every((a) => /^(?:RS|PS|ES|Ed)/.test(a)))
    return view.all('TokenIssue').some((i) => /^(?:RS|PS|ES|Ed)/.test(textOf(i.roles.algorithm) ?? ''))
      ? undefined
      : 'provider';
  return undefined;
}
