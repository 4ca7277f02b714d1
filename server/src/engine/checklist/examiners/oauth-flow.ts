import type { Fact } from '../../facts/kinds.js';
import { textOf } from '../../semantics/value.js';
import { type Statement, defineExaminer } from '../examiner.js';
import { isCodeFlow, ownerOf, responseTypes } from '../flows.js';

const KIND: Readonly<Record<string, string>> = {
  browser: 'in a browser',
  mobile: 'in a mobile app',
  desktop: 'in a desktop app',
  cli: 'in a command-line tool',
  server: 'on a server',
  worker: 'in a worker',
};

export default defineExaminer({
  item: 'oauth-flow',
  *examine(path, ctx) {
    void path;
    for (const request of ctx.facts('AuthorizationRequest')) yield* ofRequest(request);
    for (const exchange of ctx.facts('TokenRequest')) yield* ofExchange(exchange);
    for (const callback of ctx.facts('CallbackHandler'))
      yield { evidence: 'The answer of an authorization code flow is handled.', at: callback.at };
    for (const config of ctx.facts('OAuthClientConfig'))
      yield { evidence: 'A client of the authorization code flow is configured.', at: config.at };
    for (const form of ctx.facts('CredentialForm'))
      yield {
        question:
          'Do only your own pages and apps post to this form, or does another application collect passwords for it?',
        at: form.at,
      };
    for (const device of ctx.facts('DeviceRequest'))
      yield {
        question: 'Does this device really have no browser or keyboard, and does the user see which device is asking?',
        at: device.at,
      };
  },
});

function* ofRequest(request: Fact<'AuthorizationRequest'>): Generator<Statement> {
  const { roles, at } = request;
  const types = responseTypes(roles.responseType);
  if (types === undefined) yield { question: 'Which response type is asked for here? It must be `code`.', at };
  else if (isCodeFlow(request))
    yield { evidence: `The authorization code flow is used ${where(roles.client)}.`.replace(' .', '.'), at };
  else if (types.includes('id_token') && textOf(roles.responseMode) === 'form_post')
    yield { evidence: 'Only an ID token is asked for, and it is posted as a form.', at };
}

function* ofExchange({ roles, at, ...rest }: Fact<'TokenRequest'>): Generator<Statement> {
  const grant = textOf(roles.grantType);
  switch (grant) {
    case 'authorization_code':
      if (textOf(roles.side) === 'serves') yield { evidence: 'The authorization code grant is served.', at };
      else yield { evidence: `A code is exchanged ${where(roles.client)}.`.replace(' .', '.'), at };
      return;
    case 'refresh_token':
      if (textOf(roles.side) === 'sends') yield { evidence: 'A refresh token is traded in.', at };
      return;
    case 'client_credentials': {
      const kind = textOf(roles.client);
      if (kind === 'cli' && roles.clientSecret.kind !== 'environment')
        yield { question: 'Whose credentials are these: the operator’s own, or ones you ship to everybody?', at };
      else
        yield { evidence: `Client credentials are used ${where(roles.client)}, with no user.`.replace(' ,', ','), at };
      return;
    }
    case 'password':
      if (textOf(roles.side) === 'serves' && roles.clientId.kind === 'absent')
        yield {
          question:
            'Do only your own pages and apps post to this form, or does another application collect passwords for it?',
          at,
        };
      if (textOf(roles.side) === 'sends' && ownerOf({ roles, at, ...rest } as Fact<'TokenRequest'>) === 'unknown')
        yield { question: 'Is this token endpoint your own application’s, or another party’s?', at };
      return;
    case undefined:
      if (textOf(roles.side) === 'sends' && roles.grantType.kind === 'unknown' && roles.code.kind === 'absent')
        yield { question: 'Which grant is used here?', at };
      return;
    default:
      if (grant.endsWith(':device_code'))
        yield {
          question:
            'Does this device really have no browser or keyboard, and does the user see which device is asking?',
          at,
        };
      else if (/token-exchange|jwt-bearer/.test(grant))
        yield { evidence: 'A token is exchanged between back ends.', at };
  }
}

function where(client: Fact<'TokenRequest'>['roles']['client']): string {
  return KIND[textOf(client) ?? ''] ?? '';
}
