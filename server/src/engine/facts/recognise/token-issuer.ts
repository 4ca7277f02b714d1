/** Whose tokens a verifier takes: the workspace's own, or those of a provider that serves others too. */
import { alternatives, partsOf, textOf, textsOf } from '../../semantics/value.js';
import type { Value } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
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
  if (view.all('TokenIssue').some((issue) => sameKey(issue.roles.key, verify.roles.key))) return 'own';
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

/** Whether two keys are surely the same: the same variable of the environment, the same constant. */
export function sameKey(a: Value, b: Value): boolean {
  return alternatives(a).some((x) => alternatives(b).some((y) => sameOne(x, y, 3)));
}

function sameOne(a: Value, b: Value, depth: number): boolean {
  if (a.kind !== b.kind || depth < 0) return false;
  switch (a.kind) {
    case 'environment':
      return b.kind === 'environment' && a.name !== undefined && a.name === b.name;
    case 'literal':
      return b.kind === 'literal' && a.value !== null && a.value === b.value;
    case 'external':
      return b.kind === 'external' && a.name === b.name;
    case 'member':
      return b.kind === 'member' && a.property === b.property && sameOne(a.object, b.object, depth - 1);
    case 'result':
    case 'call':
      return (b.kind === 'result' || b.kind === 'call') && (a.site.call === b.site.call || sameCall(a, b, depth));
    case 'parameter':
      return b.kind === 'parameter' && a.fn === b.fn && a.index === b.index;
    case 'object':
      return b.kind === 'object' && a.type === b.type;
    case 'instance':
      return b.kind === 'instance' && a.cls === b.cls;
    default:
      return false;
  }
}

/** `config.get('JWT_SECRET')` twice. */
function sameCall(
  a: Extract<Value, { kind: 'result' | 'call' }>,
  b: Extract<Value, { kind: 'result' | 'call' }>,
  depth: number,
): boolean {
  const first = a.site.call.args[0]?.value;
  const second = b.site.call.args[0]?.value;
  if (first?.kind !== 'literal' || second?.kind !== 'literal' || first.value !== second.value) return false;
  if (a.kind === 'result') return b.kind === 'result' && a.callee === b.callee;
  return b.kind === 'call' && sameOne(a.callee, b.callee, depth - 1);
}
