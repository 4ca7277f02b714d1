/** Names that speak of secrets. The only place where a name is a reason; each list has its table of cases in the tests. */

const SECRET_WORDS =
  /(?:^|[_\-.\s])(?:jwt|token|session|cookie|app|auth|client|signing|encryption|webhook|hmac|access|refresh|reset|api|private|master|shared|service[_-]?role|consumer|oauth2?|django|flask|nextauth|next|better)?[_\-.]?(?:secrets?|secret[_-]?key(?:[_-]?base)?|signing[_-]?key|private[_-]?key|encryption[_-]?key|hmac[_-]?key|jwt[_-]?key|auth[_-]?key|cookie[_-]?key|session[_-]?key|service[_-]?key|master[_-]?key|pepper)(?:$|[_\-.\s\d])/i;
const API_KEY_WORDS =
  /(?:^|[_\-.])(?:api|access|auth|service[_-]?role)[_-]?key(?:$|[_\-.\d])|(?:^|[_\-.])(?:api|access|auth|bot|service|github|slack|npm|gitlab)[_-]?token$/i;
const PUBLIC_WORDS =
  /public|publishable|anon(?:_|$|[A-Z])|site[_-]?key|client[_-]?id|measurement|(?:key|secret)[_-]?(?:id|name|file|path|length|size|header|type|version|ttl|url|arn|algorithm|prefix)s?$|(?:secret|key)s?[_-]?(?:manager|store|vault)|search[_-]?key|vapid/i;

/** What is longer is no name that somebody gave. */
const LONGEST_NAME = 300;

/** `clientSecret`, `CLIENT_SECRET` and `client-secret` as words with `_`. */
export function words(name: string): string {
  return name
    .slice(0, LONGEST_NAME)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** Whether a variable or setting of this name holds a secret that signs, encrypts or authenticates. */
export function isSecretName(name: string): boolean {
  const plain = words(name.replace(CLIENT_PREFIXES, ''));
  if (PUBLIC_WORDS.test(plain)) return false;
  return SECRET_WORDS.test(plain) || API_KEY_WORDS.test(plain);
}

/** What a secret of this name is for. */
export function purposeOf(name: string): string {
  const plain = words(name);
  if (/client[_-]?secret|consumer[_-]?secret/.test(plain)) return 'client-secret';
  if (/private[_-]?key/.test(plain)) return 'private-key';
  if (/session|cookie/.test(plain)) return 'session';
  if (/webhook/.test(plain)) return 'webhook';
  if (/encrypt/.test(plain)) return 'encryption-key';
  if (/api[_-]?key|access[_-]?key|service[_-]?role|_token$/.test(plain)) return 'api-key';
  if (/jwt|token|signing|hmac|secret[_-]?key/.test(plain)) return 'hmac-key';
  return 'setting';
}

/** Names of tokens and codes that somebody could guess if they were not random: reset tokens, session ids, keys. */
export function isUnguessableName(name: string): boolean {
  const plain = words(name);
  if (/csrf|state|nonce|verifier|challenge|color|index|count|type|name|expir|length/.test(plain)) return false;
  return /(?:^|_)(?:tokens?|secret|session_id|sid|(?:api|secret|signing|access|private)_key|otp|otp_code|(?:reset|verification|verify|invite|auth|authorization|login|confirmation|recovery|backup)_code|password|passcode)$/.test(
    plain,
  );
}

/** Prefixes of variables that a bundler copies into what the client downloads. */
export const CLIENT_PREFIXES =
  /^(?:NEXT_PUBLIC_|VITE_|REACT_APP_|EXPO_PUBLIC_|PUBLIC_|NUXT_PUBLIC_|GATSBY_|VUE_APP_|NG_APP_)/;

/** Formats of live credentials: prefix and length tell them from anything else. */
const LIVE =
  /(?:^|[^A-Za-z0-9])(?:AKIA[0-9A-Z]{16}|sk_live_[0-9a-zA-Z]{20,}|rk_live_[0-9a-zA-Z]{20,}|gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{50,}|xox[baprs]-[0-9A-Za-z-]{20,}|SG\.[\w-]{16,}\.[\w-]{16,}|GOCSPX-[\w-]{20,}|whsec_[A-Za-z0-9+/=]{24,}|sk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}|glpat-[\w-]{20,}|npm_[A-Za-z0-9]{36})|-----BEGIN (?:RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----/;

/** Whether a text has the format of a live credential. */
export function isLiveCredential(text: string): boolean {
  const match = LIVE.exec(text);
  if (!match) return false;
  if (match[0].includes('BEGIN')) return text.replace(/\\n/g, '\n').split('\n').join('').length > 90;
  // A made-up example: one character again and again, or words that say so.
  const body = match[0].slice(-16);
  return new Set(body).size > 5 && !/example|xxxx|your|placeholder|1234567890/i.test(match[0]);
}

/** A text that stands for a value and is none: `<your-secret>`, `changeme`, `${SECRET}`. */
export function isPlaceholder(text: string): boolean {
  const plain = text.trim();
  if (plain === '') return true;
  return (
    /^(?:<.*>|\{\{.*\}\}|%\w+%|\.\.\.|x+|\*+|todo|tbd|null|none|undefined|op:\/\/.*|ENC\[?\(?.*|vault:.*)$/i.test(
      plain,
    ) ||
    /^\$\{?\w+\}?$/.test(plain) ||
    /change[-_ ]?(?:me|this|it)|your[-_ ]|[-_ ]here$|replace[-_ ]?(?:me|with|this)|placeholder|example|insert[-_ ]|dummy|xxxx|generate[-_ ]|openssl rand|to[-_ ]be[-_ ]|fill[-_ ]?(?:me|in)|sk_test_x|put[-_ ]|set[-_ ]me/i.test(
      plain,
    )
  );
}

/** A text that looks like somebody's real secret: long, and not a sentence or a placeholder. */
export function looksReal(text: string): boolean {
  if (isLiveCredential(text)) return true;
  if (isPlaceholder(text) || /\s/.test(text.trim())) return false;
  if (text.length < 16) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/].filter((kind) => kind.test(text)).length;
  return new Set(text).size >= 10 && kinds >= 2;
}
