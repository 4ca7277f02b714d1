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

/** What is longer is no name that somebody gave. */
const LONGEST_NAME = 300;

/** The words of an identifier or key, in lower case: `accessToken`, `access_token`, `app:access-token` → `access token`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, LONGEST_NAME)
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

const ABOUT_AUTH =
  /^(?:token|access|refresh|jwt|auth|authentication|session|view|handler|handle|route|post|get|put|api|v\d*|user|users|the|silent|silently|endpoint|controller|action|mutation|credential|credentials|login|my|me|do|on|perform|async|request|service|use|case|a|an|new|old|and|for|by|with|current|account|class|resource|router|out|all|everywhere|device|devices|page|function|fn|pair|oauth|oauth2|cookie|customer|admin|member|exchange|rotate|renew|expired|grant|process|try|start|run|api|app|web|id|revoke|json|rest|server|client|next|signed|in|if|needed|perform)$/;

/** Whether a route's last part, or a function's name, says that a token is renewed: `refresh`, `refresh_token`, `renewSession`. */
export function namesRefreshAct(name: string): boolean {
  const words = wordsOf(name);
  if (
    !words.some((w) =>
      /^(?:refresh|refreshes|renew|reissue|rotate|extend|keepalive|revalidate|reauthenticate)$/.test(w),
    )
  )
    return false;
  return words.every((w) => ABOUT_AUTH.test(w) || /^(?:reissue|extend|keepalive|revalidate)$/.test(w));
}

/** Whether a route's last part, or a function's name, says that a person logs out: `logout`, `sign_out`, `endSession`. */
export function namesLogoutAct(name: string): boolean {
  const words = wordsOf(
    name
      .replace(/log[_-]?out/gi, 'logout')
      .replace(/sign[_-]?out/gi, 'signout')
      .replace(/LogOut/g, 'Logout')
      .replace(/SignOut/g, 'Signout'),
  );
  const acts = words.some((w) => /^(?:logout|signout|logoff|signoff)$/.test(w));
  if (acts)
    return (
      words.every(
        (w) => ABOUT_AUTH.test(w) || /^(?:logout|signout|logoff|signoff|everywhere|user|button|complete)$/.test(w),
      ) &&
      !words.includes('button') &&
      !words.includes('redirect')
    );
  const [first, second] = words;
  return (
    /^(?:end|destroy|invalidate|terminate|revoke)$/.test(first ?? '') &&
    words.length <= 3 &&
    /^(?:session|token|refresh|access|all|user)$/.test(second ?? '') &&
    words.every((w) => ABOUT_AUTH.test(w) || /^(?:end|destroy|invalidate|terminate|revoke)$/.test(w))
  );
}

/** Whether a route's last part, or a function's name, says that a person logs in with what they know. */
export function namesLoginAct(name: string): boolean {
  const words = wordsOf(name.replace(/log[_-]?in\b/gi, 'login').replace(/sign[_-]?in\b/gi, 'signin'));
  return words.some((w) => /^(?:login|signin|signup|register|callback)$/.test(w));
}

/** Whether a field marks a record as used or ended: `revoked_at`, `isUsed`, `consumed`, `replaced_by`. */
export function namesEndMark(field: string): boolean {
  return /^(?:is)?(?:revoked|used|consumed|invalid|invalidated|valid|active|replaced|rotated|deleted|expired|blacklisted|blocked|redeemed|disabled|ended|terminated|status|expires|expiry|expiration|superseded|spent|loggedout|destroyed)(?:at|by|on|date|byid|token|bytoken|tokenid|bytokenid|time|in|reason|byhash)?$/.test(
    field.replace(/[^A-Za-z0-9]/g, '').toLowerCase(),
  );
}

/** Whether a field holds a token or its hash: `token`, `refresh_token_hash`, `hashedRt`. */
export function namesTokenField(field: string): boolean {
  const plain = field.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  return /^(?:current|hashed|last)?(?:refresh|session)?(?:token|rt|jwt|jti|tokenhash|hash|hashedtoken|hashedrt|hashedrefreshtoken|tokendigest|digest|tokenid|refreshhash|refreshtokens|tokens|refreshjti|refreshtokenhashes|sid|refreshtokenid|refresh)(?:hash|digest)?$/.test(
    plain,
  );
}

/** Whether a field counts generations of an account's tokens: `token_version`, `sessionEpoch`, `security_stamp`. */
export function namesTokenVersion(field: string): boolean {
  const plain = field.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  return /^(?:(?:token|session|refresh|refreshtoken|auth|jwt|credential|credentials|password|login|user|security)?(?:version|epoch|generation|counter|stamp|ver|nonce|seq|gen|tv|rev)|tv|sv|ver|securitystamp|tokensvalidafter|tokenvalidafter|validafter|validsince|tokensvalidsince|passwordchangedat|pwdchangedat|pwdat|lastlogoutat|loggedoutat|logoutat|notbefore|tokensinvalidbefore|sessionsvalidafter|tokenkey|jwtsalt|tokenssalt|tokenversion|lastpasswordchange|passwordupdatedat|revokedbefore|tokensrevokedat|hashpassword)$/.test(
    plain,
  );
}

/** Whether a field says whether an account may be used: `is_active`, `disabledAt`, `banned`, `status`. */
export function namesAccountState(field: string): boolean {
  return /^(?:is)?(?:active|enabled|disabled|locked|banned|suspended|deactivated|blocked|deleted|closed|archived|inactive)(?:at|on|until|date)?$|^(?:account)?status$|^accountstate$/.test(
    field.replace(/[^A-Za-z0-9]/g, '').toLowerCase(),
  );
}

/** Whether a container of records holds sessions or tokens, by its normalised name. */
export function namesTokenContainer(container: string): boolean {
  return (
    /refresh|token|session|jti|(?:^|[^a-z])rt(?:$|[^a-z])|blocklist|blacklist|denylist|allowlist|whitelist|revo/i.test(
      container,
    ) && !/reset|verif|invite|csrf|magic|push|fcm|device(?!token)|activation|confirm|otp/i.test(container)
  );
}

/** Whether a container of records holds what was ended: a blocklist. */
export function namesBlocklist(container: string): boolean {
  if (/ip$|email|domain|user$|issue|content|word|phone|unused/i.test(container)) return false;
  return (
    /blocklist|blacklist|denylist|revoked|revocation|invalidated|loggedout|logout|(?:^|[^a-z])bl(?:$|[^a-z])|^denied/i.test(
      container,
    ) ||
    /(?:token|jti|jwt|session|refresh).*(?:black|block|deny|used|consumed|spent|invalid)|(?:black|block|deny|banned|used|consumed|spent|invalid).*(?:token|jti|jwt|session|refresh)/i.test(
      container,
    )
  );
}
