/** Which requests, callbacks and exchanges belong together, and what kind of client makes them. Over facts alone. */
import type { Fact } from '../facts/kinds.js';
import type { RuleContext } from '../rules/rule.js';
import { type Value, alternatives, isAbsent, textOf } from '../semantics/value.js';

type Ask = Pick<RuleContext, 'all'>;

/** The parts of one login that the workspace shows. */
export interface Flow {
  readonly exchanges: readonly Fact<'TokenRequest'>[];
  readonly callbacks: readonly Fact<'CallbackHandler'>[];
}

/** What belongs to an authorization request: in its own file if there is any, else in the workspace. */
export function flowOf(request: Fact<'AuthorizationRequest'>, ctx: Ask): Flow {
  const exchanges = codeExchanges(ctx);
  const callbacks = ctx.all('CallbackHandler');
  return { exchanges: nearest(request.path, exchanges), callbacks: nearest(request.path, callbacks) };
}

/** All exchanges of a code that the workspace sends. */
export function codeExchanges(ctx: Ask): readonly Fact<'TokenRequest'>[] {
  return ctx.all('TokenRequest').filter(isCodeExchange);
}

/** Whether a token request trades a code in, as a client. */
export function isCodeExchange({ roles }: Fact<'TokenRequest'>): boolean {
  if (textOf(roles.side) === 'serves') return false;
  const grant = textOf(roles.grantType);
  if (grant !== undefined) return grant === 'authorization_code';
  return roles.code.kind !== 'absent' && roles.code.kind !== 'unknown';
}

/** The requests that a callback or an exchange answers. */
export function requestsOf(fact: { readonly path: string }, ctx: Ask): readonly Fact<'AuthorizationRequest'>[] {
  const all = ctx.all('AuthorizationRequest').filter(isCodeFlow);
  return nearest(fact.path, all);
}

/** Facts of the same file; else of the nearest folder that has any. */
function nearest<F extends { readonly path: string }>(path: string, facts: readonly F[]): readonly F[] {
  const own = facts.filter((f) => f.path === path);
  if (own.length > 0) return own;
  let best = -1;
  const depth = facts.map((f) => {
    const shared = sharedFolders(path, f.path);
    best = Math.max(best, shared);
    return shared;
  });
  return facts.filter((_, i) => depth[i] === best);
}

function sharedFolders(a: string, b: string): number {
  const left = a.split('/').slice(0, -1);
  const right = b.split('/').slice(0, -1);
  let count = 0;
  while (count < left.length && left[count] === right[count]) count++;
  return count;
}

/** Whether an authorization request asks for a code (also among others). */
export function isCodeFlow({ roles }: Fact<'AuthorizationRequest'>): boolean {
  const types = responseTypes(roles.responseType);
  return types === undefined || types.length === 0 || types.includes('code');
}

/** The words of a response type; none if it is absent, `undefined` if it is not known. */
export function responseTypes(value: Value): readonly string[] | undefined {
  if (isAbsent(value) === true) return [];
  const words: string[] = [];
  for (const option of alternatives(value)) {
    const settled = option.kind === 'environment' && option.fallback ? option.fallback : option;
    const texts = settled.kind === 'list' ? settled.items.map(textOf) : [textOf(settled)];
    for (const text of texts) {
      if (text === undefined) return undefined;
      words.push(...text.split(/[\s,+]+/).filter(Boolean));
    }
  }
  return words;
}

/** Whether what runs here is shipped to the user. */
export function isPublicKind(client: Value): boolean {
  return ['browser', 'mobile', 'desktop', 'cli'].includes(textOf(client) ?? '');
}

/** Whether a token request proves which client sends it. `undefined` where that cannot be told. */
export function provesClient({ roles }: Fact<'TokenRequest'>): boolean | undefined {
  if (isGiven(roles.auth) || isGiven(roles.clientSecret)) return true;
  const blank = (value: Value) => isAbsent(value) === true || textOf(value) === '';
  return blank(roles.clientSecret) && blank(roles.auth) ? false : undefined;
}

/** Whether a role surely has a value: not absent, not blank, not unknown. */
export function isGiven(value: Value): boolean {
  if (value.kind === 'unknown') return false;
  return isAbsent(value) === false && !(value.kind === 'literal' && value.value === '');
}

/** Public, confidential, or not known, for a whole flow. */
export function clientOf(request: Fact<'AuthorizationRequest'>, ctx: Ask): 'public' | 'confidential' | 'unknown' {
  const { exchanges } = flowOf(request, ctx);
  const kind = textOf(request.roles.client);
  if (isGiven(request.roles.clientSecret)) return isPublicKind(request.roles.client) ? 'public' : 'confidential';
  if (exchanges.length === 0) {
    if (kind === 'mobile' || kind === 'desktop' || kind === 'cli') return 'public';
    if (kind === 'browser') return comesBackHere(request.roles.redirectUri) ? 'public' : 'unknown';
    return kind === 'server' || kind === 'worker' ? 'confidential' : 'unknown';
  }
  const kinds = exchanges.map((exchange): 'public' | 'confidential' | 'unknown' => {
    if (isPublicKind(exchange.roles.client)) return 'public';
    const proves = provesClient(exchange);
    if (proves === true) return 'confidential';
    return proves === false ? 'public' : 'unknown';
  });
  if (kinds.every((k) => k === 'public')) return 'public';
  return kinds.every((k) => k === 'confidential') ? 'confidential' : 'unknown';
}

/** Whether a redirect address is this page's own: built from `location`, or of a scheme of the app. */
function comesBackHere(redirectUri: Value): boolean {
  const queue: Value[] = [redirectUri];
  for (let i = 0; i < 20 && queue.length > 0; i++) {
    const value = queue.shift() as Value;
    if (value.kind === 'external' && /\.(?:location|identity)\b/.test(value.name.replace(/^npm:/, '.'))) return true;
    if (value.kind === 'result' && /chrome\.identity|browser\.identity/.test(value.callee)) return true;
    if (value.kind === 'concat') queue.push(...value.parts);
    if (value.kind === 'oneOf') queue.push(...value.values);
    if (value.kind === 'member') queue.push(value.object);
    if (value.kind === 'environment' && value.fallback) queue.push(value.fallback);
  }
  return false;
}

/** Whether a request is protected by S256 PKCE whose verifier is kept for this browser and presented. */
export function hasSoundPkce(request: Fact<'AuthorizationRequest'>, ctx: Ask): boolean {
  const { roles } = request;
  if (textOf(roles.pkceBy) === 'library') return true;
  if (!isGiven(roles.challenge) && !isGiven(roles.verifier)) return false;
  if (isGiven(roles.challenge) && textOf(roles.challengeMethod) !== 'S256') return false;
  const { exchanges } = flowOf(request, ctx);
  return (
    exchanges.length > 0 &&
    exchanges.every(
      (e) => isGiven(e.roles.verifier) || ['library', 'object'].includes(textOf(e.roles.verifierBy) ?? ''),
    )
  );
}

/** Whether a request surely carries no challenge. */
export function lacksChallenge({ roles }: Fact<'AuthorizationRequest'>): boolean {
  const by = textOf(roles.pkceBy);
  if (by === 'library' || by === 'configured') return false;
  if (by === 'off') return true;
  return isAbsent(roles.challenge) === true && isAbsent(roles.verifier) === true;
}

/** The files of facts: for a report that makes them fail too. */
export function pathsOf(...facts: readonly (readonly { readonly path: string }[])[]): readonly string[] {
  return [...new Set(facts.flat().map((fact) => fact.path))];
}

/** Whether a value is a secret that was put there: a literal, a variable of the environment, a setting; not a parameter. */
export function isSecret(value: Value): boolean {
  return alternatives(value).some(
    (v) =>
      (v.kind === 'literal' && typeof v.value === 'string' && v.value !== '') ||
      v.kind === 'environment' ||
      (v.kind === 'member' && /secret/i.test(v.property)) ||
      (v.kind === 'external' && /secret/i.test(v.name)) ||
      v.kind === 'concat',
  );
}

/** Whose token endpoint a request goes to: another party's, this application's own, or not known. */
export function ownerOf({ roles }: Fact<'TokenRequest'>): 'provider' | 'own' | 'unknown' {
  const queue: Value[] = [roles.endpoint];
  let sawPath = false;
  for (let i = 0; i < 24 && queue.length > 0; i++) {
    const value = queue.shift() as Value;
    const text = textOf(value);
    if (text !== undefined) {
      if (/localhost|127\.0\.0\.1/.test(text)) return 'own';
      if (/^https?:\/\/[\w.-]+/.test(text)) return 'provider';
      if (PROVIDER_PATH.test(text)) return 'provider';
      if (text.startsWith('/')) sawPath = true;
    }
    const name =
      value.kind === 'environment'
        ? value.name
        : value.kind === 'member'
          ? value.property
          : value.kind === 'parameter'
            ? value.name
            : undefined;
    if (name !== undefined && PROVIDER_NAME.test(name)) return 'provider';
    if (value.kind === 'concat') queue.push(...value.parts);
    if (value.kind === 'operation') queue.push(...value.operands);
    if (value.kind === 'oneOf') queue.push(...value.values);
    if (value.kind === 'member' || value.kind === 'rest') queue.push(value.object);
    if (value.kind === 'environment' && value.fallback) queue.push(value.fallback);
  }
  const first = roles.endpoint.kind === 'concat' ? roles.endpoint.parts[0] : roles.endpoint;
  return sawPath && first !== undefined && textOf(first)?.startsWith('/') ? 'own' : 'unknown';
}

const PROVIDER_PATH =
  /\/realms\/|\/protocol\/openid-connect\/|\/connect\/token|\/oauth2\/v\d|\/oauth2\/default|\/oauth\/token/;
const PROVIDER_NAME =
  /keycloak|auth0|okta|issuer|oidc|authority|idp|identity|cognito|azure|token_?(?:url|uri|endpoint)|domain|tenant|sso/i;

/** Requests that are started elsewhere with what this place configures: a passport strategy's routes. */
export function configuredWith(
  config: Fact<'AuthorizationRequest'>,
  ctx: Ask,
): readonly Fact<'AuthorizationRequest'>[] {
  return ctx
    .all('AuthorizationRequest')
    .filter((r) => textOf(r.roles.stateBy) === 'configured' && belongTogether(r, config));
}

/** The places that say how a request that is started here is protected; itself if it says so. */
export function configurationsOf(
  request: Fact<'AuthorizationRequest'>,
  ctx: Ask,
): readonly Fact<'AuthorizationRequest'>[] {
  if (textOf(request.roles.stateBy) !== 'configured') return [request];
  return ctx
    .all('AuthorizationRequest')
    .filter((r) => r.library === request.library || textOf(r.roles.stateBy) !== 'configured')
    .filter((r) => textOf(r.roles.stateBy) !== 'configured' && r.library !== 'by hand' && belongTogether(request, r));
}

function belongTogether(start: Fact<'AuthorizationRequest'>, config: Fact<'AuthorizationRequest'>): boolean {
  const named = textOf(start.roles.strategy);
  const made = textOf(config.roles.strategy) ?? textOf(config.roles.provider);
  return named === undefined || made === undefined || named === made || !KNOWN_STRATEGY.test(named);
}

/** Names of strategies that say which provider they are for; any other name may be anyone's. */
const KNOWN_STRATEGY =
  /^(?:google|github|facebook|discord|linkedin|microsoft|spotify|slack|gitlab|bitbucket|twitch|amazon)$/;
