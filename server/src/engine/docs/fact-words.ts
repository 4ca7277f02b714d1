/** How each kind of fact is said: a sentence for what the call does, and the roles that a reader wants to know. */
import type { FactKind } from '../facts/kinds.js';
import { booleanOf, isAbsent, textOf, type Value } from '../semantics/value.js';

/** One role in a hover. */
export interface Shown {
  readonly role: string;
  readonly label: string;
  /** Its values are words of ours, no values of the code. */
  readonly words?: boolean;
  /** Only where it comes from is said. */
  readonly secret?: boolean;
  /** A number counts seconds. */
  readonly seconds?: boolean;
  /** Functions, beside which a path may stand in the list. */
  readonly functions?: boolean;
  /** Said when it is not given: what follows from that, or nothing more. */
  readonly absent?: string | true;
}

export interface FactWords {
  /** "Verifies a token". */
  readonly does: string;
  readonly shows: readonly Shown[];
}

type Roles = Readonly<Record<string, Value>>;

interface KindWords {
  readonly does: string | ((roles: Roles) => string);
  readonly shows: readonly (Shown | ((roles: Roles) => Shown))[] | ((roles: Roles) => readonly Shown[]);
}

const value = (role: string, label: string, absent?: string | true): Shown => ({
  role,
  label,
  ...(absent === undefined ? {} : { absent }),
});
const word = (role: string, label: string, absent?: string | true): Shown => ({ ...value(role, label, absent), words: true });
const secret = (role: string, label: string, absent?: string | true): Shown => ({
  ...value(role, label, absent),
  secret: true,
});
const seconds = (role: string, label: string, absent?: string | true): Shown => ({
  ...value(role, label, absent),
  seconds: true,
});

const functions = (role: string, label: string): Shown => ({ ...value(role, label), functions: true });

const CHOICES: Readonly<Record<string, string>> = {
  'caller-lists': 'the library demands a list',
  'key-fixes-one': 'the key allows one only',
  'key-fixes-family': 'the type of the key decides',
  'library-fixes': 'the library accepts one only',
  'token-chooses': "the token's own header decides",
};

const COOKIE: readonly Shown[] = [
  value('name', 'Name'),
  value('httpOnly', '`HttpOnly` (scripts cannot read it)', true),
  value('secure', '`Secure` (sent over TLS only)', true),
  value('sameSite', '`SameSite` (not sent from other sites)', true),
  value('path', 'Path'),
  value('domain', 'Domain'),
];

const KINDS: Partial<Record<FactKind, KindWords>> = {
  TokenIssue: {
    does: (r) => {
      const use = textOf(r.use);
      const how = textOf(r.protection) === 'encrypted' ? 'an encrypted' : 'a signed';
      return `Makes ${how} ${use ? `${use} token` : 'token'}`;
    },
    shows: [
      value('payload', 'Payload'),
      value('algorithm', 'Algorithm'),
      secret('key', 'Key'),
      (r) => (isAbsent(r.expiresAt ?? NOTHING) === true ? seconds('lifetime', 'Lifetime', 'without `exp` it has no end') : seconds('lifetime', 'Lifetime')),
      seconds('expiresAt', 'Lifetime'),
      value('issuer', 'Issuer (`iss`)', true),
      value('audience', 'Audience (`aud`)', true),
      value('jti', 'Identifier (`jti`)'),
    ],
  },
  TokenVerify: {
    does: (r) =>
      textOf(r.signature) === 'skipped'
        ? 'Reads a token without checking its signature'
        : booleanOf(r.unsigned)
          ? 'Reads a token that needs no signature'
          : "Verifies a token's signature",
    shows: [
      secret('token', 'Token'),
      secret('key', 'Key'),
      word('keyKind', 'Kind of key'),
      (r) => value('algorithms', 'Accepted algorithms', CHOICES[textOf(r.choice) ?? ''] ?? true),
      value('issuer', 'Expected issuer', 'any issuer is accepted'),
      value('audience', 'Expected audience', 'any audience is accepted'),
      word('issuerMatch', 'Issuer'),
      word('audienceMatch', 'Audience'),
      word('expiry', 'Expiry (`exp`)'),
      seconds('clockTolerance', 'Clock tolerance'),
      word('failure', 'A bad token gives'),
    ],
  },
  TokenDecode: {
    does: (r) => `Reads a token's ${textOf(r.part) === 'header' ? 'header' : 'contents'} without checking it`,
    shows: [secret('token', 'Token'), word('reaches', 'Used for')],
  },
  ClaimCheck: {
    does: (r) => `Compares the claim \`${textOf(r.claim) ?? '…'}\` of a token`,
    shows: [value('expected', 'Expected'), word('match', 'Comparison'), word('whenMissing', 'Without the claim it'), word('onFailure', 'Otherwise it')],
  },
  KeyMaterial: {
    does: 'Makes a key that tokens are checked or signed with',
    shows: [word('kind', 'Kind'), word('from', 'Brought by'), secret('source', 'Source')],
  },
  TokenCache: {
    does: "Keeps another party's token for later calls",
    shows: [secret('token', 'Token'), seconds('expiresIn', 'Lives'), word('renewal', 'Renewed')],
  },
  RefreshExchange: {
    does: 'Turns a refresh token in for new tokens',
    shows: [word('presented', 'Presented'), word('newRefresh', 'New refresh token'), word('end', 'The old one ends by'), word('reuse', 'Its reuse is'), word('kept', 'Kept afterwards')],
  },
  Revocation: {
    does: (r) => `Ends ${sayTarget(textOf(r.target))}`,
    shows: [word('trigger', 'When'), word('kept', 'Kept in'), word('read', 'Read by a check'), seconds('ttl', 'Kept for')],
  },
  RevocationCheck: {
    does: 'Asks whether a token was ended',
    shows: [word('how', 'How'), word('rejects', 'Rejects an ended token'), word('onError', 'When the store fails'), word('kept', 'Kept in')],
  },
  Logout: { does: 'Logs somebody out', shows: [word('effects', 'What it does'), word('session', 'The session is kept by'), word('leaves', 'What it leaves')] },
  AccountState: {
    does: 'Loads the account of a token',
    shows: [value('field', 'Says whether it may be used'), word('tested', 'Asked')],
  },
  AuthorizationRequest: {
    does: 'Sends a browser to an authorization server',
    shows: [
      value('endpoint', 'Endpoint'),
      value('responseType', '`response_type`'),
      value('clientId', 'Client'),
      value('redirectUri', '`redirect_uri`'),
      value('scope', 'Scopes'),
      (r) => bySomebody(r, 'state', '`state`', 'stateBy'),
      (r) => bySomebody(r, 'challenge', 'Code challenge (PKCE)', 'pkceBy'),
      value('challengeMethod', 'Challenge method'),
      value('nonce', '`nonce`'),
      word('client', 'Kind of client'),
    ],
  },
  CallbackHandler: {
    does: 'Takes the answer of an authorization server',
    shows: [
      word('check', 'How `state` is compared'),
      word('missing', 'A missing value'),
      word('failure', 'A wrong value'),
      word('bound', 'Compared with what this browser kept'),
      word('order', 'Compared'),
    ],
  },
  TokenRequest: {
    does: (r) => (textOf(r.side) === 'serves' ? 'Answers a request for tokens' : 'Asks an authorization server for tokens'),
    shows: [
      value('endpoint', 'Endpoint'),
      value('grantType', '`grant_type`'),
      value('clientId', 'Client'),
      secret('clientSecret', 'Client secret'),
      secret('verifier', 'Code verifier'),
      value('redirectUri', '`redirect_uri`'),
      value('scope', 'Scopes'),
      word('client', 'Kind of client'),
    ],
  },
  RandomValue: {
    does: (r) => `Makes a value for \`${textOf(r.use) ?? 'a secret'}\``,
    shows: [word('source', 'Source'), value('length', 'Characters')],
  },
  CredentialForm: {
    does: 'Takes a user name and a password',
    shows: [word('checkedAgainst', 'Checked against')],
  },
  DeviceRequest: { does: 'Starts a device flow, or trades its code in', shows: [value('endpoint', 'Endpoint'), value('scope', 'Scopes')] },
  CookieWrite: { does: (r) => (textOf(r.op) === 'clear' ? 'Clears a cookie' : 'Sets a cookie'), shows: (r) => (textOf(r.op) === 'clear' ? COOKIE.filter(({ absent }) => !absent) : COOKIE) },
  CookieSet: {
    does: (r) => `Sets a cookie${textOf(r.valueKind) ? ` that holds a ${textOf(r.valueKind)} credential` : ''}`,
    shows: [value('name', 'Name'), word('httpOnly', '`HttpOnly`'), word('secure', '`Secure`'), word('sameSite', '`SameSite`')],
  },
  SessionConfig: {
    does: 'Configures sessions',
    shows: [word('kept', 'Their data is kept in'), word('protection', 'The cookie is'), ...COOKIE],
  },
  StoreWrite: {
    does: 'Writes something to a store',
    shows: [word('medium', 'Store'), value('key', 'Key'), word('form', 'Form')],
  },
  TokenStore: {
    does: (r) => `Keeps ${textOf(r.tokenKind) ? `a ${textOf(r.tokenKind)} token` : 'a token'}`,
    shows: [word('medium', 'Store'), word('form', 'Form'), value('key', 'Key'), word('owner', 'Token of')],
  },
  TokenResponse: {
    does: 'Answers with a token in the body',
    shows: [word('tokenKind', 'Kind'), word('alsoInCookie', 'In a cookie too')],
  },
  CorsPolicy: {
    does: 'Says which origins may read answers',
    shows: [word('origins', 'Origins'), word('credentials', 'Cookies are sent along')],
  },
  CsrfDefence: { does: 'Defends against cross-site requests', shows: [word('kind', 'By')] },
  Route: {
    does: (r) => (textOf(r.transport) === 'http' || isAbsent(r.transport ?? NOTHING) === true ? 'Declares an endpoint' : `Declares a way in (${textOf(r.transport)})`),
    shows: [value('method', 'Method'), value('path', 'Path'), functions('handlers', 'Handlers'), functions('guards', 'Guards')],
  },
  RouterMount: { does: 'Hangs a router into another', shows: [value('prefix', 'Below'), functions('guards', 'Guards')] },
  GuardBinding: {
    does: 'Puts functions in front of endpoints',
    shows: [value('path', 'Below'), functions('handlers', 'Functions'), word('event', 'Runs at')],
  },
  RequestInput: {
    does: (r) => `Reads the request's ${textOf(r.source) ?? 'data'}`,
    shows: [value('name', 'Which one')],
  },
  PrincipalRead: {
    does: 'Reads who is calling',
    shows: [word('slot', 'From'), value('name', 'Which one'), word('backing', 'Backed by')],
  },
  SecretUse: {
    does: (r) => (textOf(r.purpose) === 'token' ? 'Makes a token' : 'Takes a secret'),
    shows: [
      word('purpose', 'Serves as'),
      secret('value', 'Comes from'),
      value('name', 'Name'),
      word('whenMissing', 'When it is missing'),
    ],
  },
  LogWrite: { does: 'Writes to a log', shows: [word('level', 'Level')] },
  ErrorResponse: { does: 'Answers with an error', shows: [value('status', 'Status')] },
  CredentialFlow: {
    does: (r) => `Lets a credential get into ${textOf(r.sink) === 'url' ? 'an address' : textOf(r.sink) === 'error' ? 'an error' : 'a log'}`,
    shows: [word('kinds', 'Which'), word('carrier', 'Carried by')],
  },
  QueryToken: { does: 'Accepts a token from the query string', shows: [value('name', 'Parameter')] },
  HttpLogConfig: {
    does: 'Configures a log of requests',
    shows: [word('writes', 'Writes unmasked'), value('redacted', 'Masks')],
  },
  LibraryDebug: { does: "Switches a library's debug output", shows: [value('on', 'On'), word('prints', 'Prints')] },
  ClientRequest: { does: 'Sends an HTTP request', shows: [word('failure', 'Its error holds')] },
};

const NOTHING: Value = { kind: 'absent' };

const TARGETS: Readonly<Record<string, string>> = {
  token: 'a token',
  record: 'a stored token',
  version: 'all tokens of an account, by their version',
  session: 'a session',
  provider: "another party's token",
};

function sayTarget(target: string | undefined): string {
  return TARGETS[target ?? ''] ?? 'a token';
}

/** A value that the library may send by itself. */
function bySomebody(roles: Roles, role: string, label: string, by: string): Shown {
  const who = textOf(roles[by]);
  if (who === 'library') return value(role, label, 'the library sees to it');
  return value(role, label, who === 'off' ? 'it is switched off' : 'nothing is sent');
}

/** The words for a kind; of one that has none, its own name and all its roles. */
export function wordsFor(kind: FactKind, roles: Roles): FactWords {
  const words = KINDS[kind];
  if (!words) {
    const name = inWords(kind);
    return {
      does: `${name[0]?.toUpperCase()}${name.slice(1)}`,
      shows: Object.keys(roles).map((role) => secret(role, inWords(role))),
    };
  }
  return {
    does: typeof words.does === 'string' ? words.does : words.does(roles),
    shows:
      typeof words.shows === 'function'
        ? words.shows(roles)
        : words.shows.map((shown) => (typeof shown === 'function' ? shown(roles) : shown)),
  };
}

/** What is recognised only for the sake of other facts, and is no act of authentication by itself. */
export const UNSAID: ReadonlySet<FactKind> = new Set<FactKind>([
  'Credential',
  'LogWrite',
  'ErrorResponse',
  'ClientRequest',
  'StoreWrite',
]);

/** Kinds that say most of a place come first; what is only a step towards them is not said beside them. */
export const BY_WEIGHT: readonly FactKind[] = Object.keys(KINDS) as FactKind[];

/** `TokenVerify` → `token verify`. */
function inWords(name: string): string {
  return name.replace(/(?<!^)([A-Z])/g, ' $1').toLowerCase();
}
