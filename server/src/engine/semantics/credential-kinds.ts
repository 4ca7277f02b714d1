/** What the name of a variable, field, key, header or function says of the credential behind it: for what leaves a program. */
import { words } from './credential-names.js';

/** What a value is, among the things that let somebody in. */
export type CredentialKind =
  | 'access token'
  | 'refresh token'
  | 'ID token'
  | 'session token'
  | 'token'
  | 'one-time token'
  | 'password'
  | 'password hash'
  | 'client secret'
  | 'signing key'
  | 'API key'
  | 'authorization code'
  | 'authorization header'
  | 'cookie';

/** Last words that speak about a credential and are none. */
const ABOUT =
  /^(?:count|counts|expires|expiry|expiration|expire|expired|exp|at|in|on|by|type|types|ttl|scheme|prefix|suffix|header|headers|length|limit|limits|url|urls|uri|uris|endpoint|endpoints|store|storage|manager|service|services|provider|status|state|error|errors|exception|time|times|date|age|lifetime|name|names|version|ver|family|valid|invalid|check|checked|loading|path|paths|options|config|settings|interval|timeout|timer|promise|queue|domain|model|schema|table|repository|repo|dto|usage|budget|present|exists|found|missing|required|enabled|disabled|mode|method|methods|policy|rule|rules|strength|field|label|placeholder|input|form|page|route|routes|router|controller|client|cache|changed|updated|created|issued|last|reset|verified|regex|pattern|format|encoding|algorithm|alg|audience|issuer|scope|scopes|id|ids|index|position|symbol|address|owner|hint|attempts|retries|minutes|seconds|hours|days|ms|payload|claims|subject|sub|user|middleware|guard|handler|handlers|helper|helpers|util|utils|factory|builder|parser|validator|validation|verifier|generator|refresher|bytes|size|info|event|events|flow|grant|request|filter|interceptor|test|fixture|mock|screen|view|button|only|less|free|context|list|class|module|dependency|security|bearer|extractor|source|location|lookup|param|parameter|hasher|encoder|manager|file|ref|arn|vault|display|masked|redacted|preview|last4|fingerprint)$/;
/** Words that make a token one of another kind: of a device, a page, a language model, an anti-forgery field. */
const OTHER =
  /^(?:csrf|xsrf|antiforgery|fcm|push|apns|device|mapbox|captcha|recaptcha|turnstile|publishable|public|anon|design|sentry|telemetry|cancel|cancellation|page|next|continuation|sync|cursor|stripe|prompt|completion|max|min|num|total|input|output|lexer|syntax|parse|stop|special|eos|bos|pad|nft|erc20|coin|ether|payment|card)$/;
const ONE_TIME =
  /^(?:reset|verification|verify|confirm|confirmation|activation|activate|transfer|handoff|exchange|pixel|tracking|download|upload|invite|invitation|magic|unsubscribe|recovery|forgot|onetime|otp|ticket|setup|signup|registration)$/;

/** What a name says that a value is; `undefined` when it names no credential. */
export function credentialKind(name: string): CredentialKind | undefined {
  if (name.length > 60) return undefined;
  const plain = JOINED.reduce(
    (text, [joined, apart]) => text.replace(joined, apart),
    words(name).replace(/^(?:x[-_])?(?=api)/, ''),
  );
  const whole = plain.split(/[^a-z0-9]+/).filter((word) => word !== '');
  // `tenantFromToken` is a tenant, `tokenForUser` a token.
  const border = whole.findIndex((word) => /^(?:from|by|for|of|with|to|per|via|using)$/.test(word));
  const all = border === -1 ? whole : whole.slice(0, border);
  const last = all.at(-1);
  if (last === undefined || all.length > 6) return undefined;
  const before = all.slice(0, -1);
  const has = (word: string) => all.includes(word);
  if (
    /^(?:is|has|have|use|uses|no|not|show|with|without|should|needs|can|require|requires|validate|check|on|handle|missing|invalid|expired|bad|err|error|errors|ex)$/.test(
      all[0] ?? '',
    ) &&
    all.length > 1
  )
    return undefined;
  if (/^(?:hash|hashed|digest)$/.test(last) || has('hash') || has('hashed') || has('encrypted')) {
    return all.some((word) => /^(?:password|passwd|pwd|pw)$/.test(word)) && !ABOUT.test(last)
      ? 'password hash'
      : undefined;
  }
  if (ABOUT.test(last) && last !== 'bearer') return undefined;
  if (/^(?:password|passwd|pwd|passphrase|passwords|passcode)$/.test(last)) return 'password';
  if (last === 'pass' && all.length > 1) return 'password';
  if (last === 'authorization' && all.length <= 2) return 'authorization header';
  if (/^(?:token|tokens|jwt|jwts|bearer|accesstoken)$/.test(last)) return tokenKind(all, before, has);
  if (last === 'secret' || last === 'secrets' || (has('secret') && last === 'key')) {
    if (has('client') || has('consumer')) return 'client secret';
    return before.some((word) => OTHER.test(word)) ? undefined : 'signing key';
  }
  if (last === 'key' && before.some((word) => /^(?:private|signing|encryption|hmac|jwt)$/.test(word)))
    return 'signing key';
  if ((last === 'key' || last === 'keys') && before.some((word) => /^(?:api|access)$/.test(word)))
    return before.some((word) => OTHER.test(word)) ? undefined : 'API key';
  if (last === 'code' && (has('authorization') || (has('auth') && all.length === 2))) return 'authorization code';
  return undefined;
}

const JOINED: readonly (readonly [RegExp, string])[] = [
  [/\b(access|refresh|id|auth|session|bearer|reset)token(s?)\b/g, '$1_token$2'],
  [/\bapikey\b/g, 'api_key'],
  [/\bauthcode\b/g, 'auth_code'],
  [/\bclientsecret\b/g, 'client_secret'],
];

function tokenKind(
  all: readonly string[],
  before: readonly string[],
  has: (word: string) => boolean,
): CredentialKind | undefined {
  if (before.some((word) => OTHER.test(word))) return undefined;
  if (before.some((word) => ONE_TIME.test(word)) || (has('email') && !has('access'))) return 'one-time token';
  if (has('refresh')) return 'refresh token';
  if (before.at(-1) === 'id') return 'ID token';
  if (has('session')) return 'session token';
  if (has('access') || has('jwt') || has('auth') || has('bearer')) return 'access token';
  return all.length <= 3 ? 'token' : undefined;
}

/** The credential that a request or response header of this name holds. */
export function headerKind(name: string): CredentialKind | undefined {
  switch (name.toLowerCase()) {
    case 'authorization':
    case 'proxy-authorization':
    case 'http_authorization':
      return 'authorization header';
    case 'cookie':
    case 'set-cookie':
    case 'http_cookie':
      return 'cookie';
    case 'dpop':
      return undefined;
    default:
      return credentialKind(name);
  }
}

/** What a function of this name makes or fetches: `generateRefreshToken`, `sign_access_token`, `getToken`. */
export function kindMadeBy(name: string): CredentialKind | undefined {
  const all = words(name).split(/[^a-z0-9]+/);
  if (
    !/^(?:create|generate|issue|make|sign|mint|new|build|encode|gen|get|read|load|fetch|obtain|acquire|extract|use|retrieve|current)$/.test(
      all[0] ?? '',
    )
  )
    return undefined;
  return credentialKind(all.slice(1).join('_'));
}

/** How bad it is that one of this kind can be read by others. */
export function gravity(kind: CredentialKind): 'error' | 'warning' | 'info' {
  switch (kind) {
    case 'refresh token':
    case 'password':
    case 'client secret':
    case 'signing key':
    case 'API key':
      return 'error';
    case 'authorization code':
      return 'info';
    default:
      return 'warning';
  }
}

/** A function whose name says that it takes credentials out of what it is given. */
export function namesRedactor(name: string): boolean {
  return /^(?:redact|mask|sanitiz|sanitis|scrub|obfuscat|censor|filter_?sensitive|strip_?(?:secret|sensitive|token|credential)|hide|anonymi[sz]|remove_?sensitive|safe_?(?:log|headers|user|body|request|serialize|dict|repr)|clean_?(?:headers|body|for_?log)|to_?safe|public_?(?:user|view|profile)|without_?(?:secret|password|token|sensitive))/.test(
    words(name),
  );
}

/** A function whose answer keeps no text of what it was given. */
export function namesReduction(name: string): boolean {
  return /^(?:len|length|bool|boolean|count|size|hash|sha\d+|sha_\d+|md5|digest|hexdigest|hmac|fingerprint|typeof|type|verify|decode|compare|check|validate|is|has|exists|includes|startswith|starts_with|endswith|ends_with|test|match|index_of|find_index|isinstance|keys|exp|iat|id|expires_in)(?:_|$)/.test(
    words(name),
  );
}
