import type { Fact } from '../../facts/kinds.js';
import type { RuleContext } from '../../rules/rule.js';
import { isAbsent, textOf } from '../../semantics/value.js';
import { type Statement, defineExaminer } from '../examiner.js';
import {
  clientOf,
  configurationsOf,
  flowOf,
  isCodeExchange,
  isCodeFlow,
  isGiven,
  lacksChallenge,
  requestsOf,
} from '../flows.js';

export default defineExaminer({
  item: 'pkce',
  *examine(path, ctx) {
    void path;
    for (const { roles, at } of ctx.facts('TokenRequest')) {
      if (textOf(roles.side) !== 'serves' || textOf(roles.grantType) !== 'authorization_code') continue;
      const check = textOf(roles.verifierCheck);
      if (check === 'demanded') yield { evidence: 'The verifier is demanded and compared before a token is made.', at };
      else if (check === 'unknown' || (textOf(roles.secretCheck) === 'read' && check !== 'skipped'))
        yield {
          question:
            'Do any registered clients have no secret? Then the server must refuse their requests without a challenge.',
          at,
        };
    }
    const own = ctx.facts('AuthorizationRequest').filter(isCodeFlow);
    for (const request of own) yield* ofRequest(request, ctx);
    for (const exchange of ctx.facts('TokenRequest').filter(isCodeExchange)) {
      const requests = requestsOf(exchange, ctx).filter((r) => r.path !== exchange.path);
      if (requests.length > 0) for (const request of requests) yield* ofRequest(request, ctx);
      else if (own.length === 0) yield* ofExchange(exchange);
    }
  },
});

function* ofRequest(request: Fact<'AuthorizationRequest'>, ctx: RuleContext): Generator<Statement> {
  const { roles, at } = request;
  const by = textOf(roles.pkceBy);
  if (by === 'configured') {
    const configurations = configurationsOf(request, ctx).filter((c) => c !== request);
    if (configurations.length === 0)
      yield { question: 'Where is this login configured, and is PKCE switched on there?', at };
    for (const one of configurations) yield* ofRequest(one, ctx);
    return;
  }
  if (by === 'library') {
    yield { evidence: 'The library sends an S256 challenge and presents its verifier.', at };
    return;
  }
  if (lacksChallenge(request)) {
    if (clientOf(request, ctx) === 'unknown')
      yield { question: 'Can users download this code? Then it needs PKCE.', at };
    return;
  }
  const { exchanges } = flowOf(request, ctx);
  const sends = isGiven(roles.challenge) || isGiven(roles.verifier);
  if (!sends) {
    yield { question: 'Does this request carry a `code_challenge` for each login?', at };
    return;
  }
  if (exchanges.length === 0) {
    yield {
      question:
        'Where is the code exchanged, and does that place send the `code_verifier` that belongs to this request?',
      at,
    };
    return;
  }
  const presented = exchanges.every((e) => isGiven(e.roles.verifier) || textOf(e.roles.verifierBy) === 'library');
  if (!presented && exchanges.some((e) => textOf(e.roles.verifierBy) === 'object')) {
    yield { question: 'Is the verifier that was made here handed over to the object that exchanges the code?', at };
    return;
  }
  if (presented && (textOf(roles.challengeMethod) === 'S256' || isGiven(roles.verifier)))
    yield { evidence: 'An S256 challenge is sent, and the verifier is presented at the exchange.', at };
  else if (exchanges.some((e) => e.roles.verifier.kind === 'unknown') || textOf(roles.challengeMethod) === undefined)
    yield { question: 'Is the challenge made with S256, and is its verifier presented at the exchange?', at };
}

function* ofExchange(exchange: Fact<'TokenRequest'>): Generator<Statement> {
  const { roles, at } = exchange;
  if (isAbsent(roles.verifier) === true)
    yield { question: 'Where does this login start, and does it send a code challenge?', at };
  else yield { question: 'Where does this login start, and does the challenge belong to this verifier?', at };
}
