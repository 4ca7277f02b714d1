/**
 * What the name of a variable, field, key, cookie, column, route or function says of the thing behind it. Names are hints:
 * whoever asks needs a second sign (a flow, a place, a type) before reporting anything. The only file that holds such lists.
 */

/** What a name says that a value is, among the things that a login hands out or keeps. */
export type NamedCredential =
  | 'refresh'
  | 'access'
  | 'id'
  | 'session'
  /** An anti-forgery token: must be readable, is worth nothing alone. */
  | 'csrf'
  /** `state`, `nonce`, a PKCE verifier: lives as long as one login. */
  | 'flow';

/** The words of an identifier or key, in lower case: `accessToken`, `access_token`, `app:access-token` → `access token`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')
    .flatMap((word) => JOINED[word] ?? [word]);
}

const JOINED: Readonly<Record<string, readonly string[]>> = {
  accesstoken: ['access', 'token'],
  refreshtoken: ['refresh', 'token'],
  idtoken: ['id', 'token'],
  authtoken: ['auth', 'token'],
  jwttoken: ['jwt', 'token'],
  sessiontoken: ['session', 'token'],
  sessionid: ['session', 'id'],
  sessid: ['session', 'id'],
  phpsessid: ['session', 'id'],
  jsessionid: ['session', 'id'],
  aspsessionid: ['session', 'id'],
  sess: ['session'],
  tokens: ['token'],
  jwts: ['jwt'],
  sessions: ['session'],
};

/** Words that make a token one of another kind: of a device, a page, a provider's public part, a mail. */
const OTHER_TOKENS =
  /^(?:fcm|push|apns|device|mapbox|captcha|recaptcha|turnstile|publishable|public|design|sentry|telemetry|invite|invitation|reset|verification|verify|confirm|confirmation|cancel|cancellation|page|next|continuation|sync|upload|unsubscribe|magic|activation|stripe|setup|ticket|otp)$/;
/** Last words that say something about a token, not the token. */
const ABOUT_TOKENS =
  /^(?:count|expires|expiry|expiration|expire|expired|exp|at|in|type|ttl|scheme|prefix|header|length|limit|url|uri|endpoint|hash|hashed|digest|store|storage|manager|service|provider|status|error|time|date|age|lifetime|name|names|secret|key|version|ver|family|valid|invalid|check|checked|loading|path|options|config|interval|timeout|timer|promise|queue|cookie|encrypted|sealed|count|only|domain|model|schema|table|repository|repo|response|request|dto|payload|data)$/;

/** What a name says that a value is; `undefined` when it says nothing of the kind. */
export function credentialNamed(name: string): NamedCredential | undefined {
  const words = wordsOf(name);
  const has = (word: string) => words.includes(word);
  if (has('csrf') || has('xsrf') || has('antiforgery')) return 'csrf';
  if (words.some((w) => /^(?:nonce|verifier|pkce|challenge)$/.test(w))) return 'flow';
  const last = words.at(-1) ?? '';
  if (last === 'state' && words.length <= 3) return 'flow';
  if (words.some((w) => OTHER_TOKENS.test(w))) return undefined;
  if (words[0] && /^(?:is|has|get|set|use|no|show|with|num)$/.test(words[0]) && words.length > 1) return undefined;
  if (ABOUT_TOKENS.test(last)) return undefined;
  if (last === 'rt' || last === 'refresh' || (has('refresh') && (last === 'token' || last === 'jwt'))) return 'refresh';
  if (has('remember')) return 'session';
  if (last === 'token' || last === 'jwt' || last === 'bearer') {
    if (has('id') && words.indexOf('id') === words.length - 2) return 'id';
    return has('session') ? 'session' : 'access';
  }
  if (last === 'session' || last === 'sid' || (last === 'id' && words.at(-2) === 'session')) return 'session';
  if (last === 'auth' && words.length <= 2) return 'session';
  return undefined;
}

/** A setting or variable that says where the program runs: `NODE_ENV`, `APP_ENV`, `ENVIRONMENT`, `stage`. */
export function namesStage(name: string): boolean {
  return /(?:^|_|\b)(?:node_?env|app_?env|env(?:ironment)?|rails_env|go_env|flask_env|django_env|stage|mode|deploy_?env|vercel_env|profile)$/i.test(
    name,
  );
}

/** Whether the name of a flag says "in production" (`true`), "in development" (`false`), or neither. */
export function stageFlag(name: string): boolean | undefined {
  const words = wordsOf(name);
  if (words.some((w) => /^(?:prod|production|live|release)$/.test(w))) return true;
  if (words.some((w) => /^(?:dev|develop|development|debug|local|localhost|test|testing)$/.test(w))) return false;
  return undefined;
}

/** Whether a text names production (`true`), another stage (`false`), or neither. */
export function stageText(text: string): boolean | undefined {
  if (/^(?:prod|production|live|release)$/i.test(text)) return true;
  if (/^(?:dev|develop|development|debug|local|localhost|test|testing|ci)$/i.test(text)) return false;
  return undefined;
}
