import type { Fact } from '../../facts/kinds.js';
import type { RuleContext } from '../../rules/rule.js';
import { isAbsent, textOf } from '../../semantics/value.js';
import { type Statement, defineExaminer } from '../examiner.js';
import { configurationsOf, flowOf, hasSoundPkce, isCodeFlow, isGiven, requestsOf } from '../flows.js';

export default defineExaminer({
  item: 'state',
  *examine(path, ctx) {
    void path;
    for (const request of ctx.facts('AuthorizationRequest')) yield* ofRequest(request, ctx);
    for (const callback of ctx.facts('CallbackHandler')) yield* ofCallback(callback, ctx);
  },
});

function* ofRequest(request: Fact<'AuthorizationRequest'>, ctx: RuleContext): Generator<Statement> {
  const { roles, at } = request;
  const by = textOf(roles.stateBy);
  if (by === 'configured') {
    const configurations = configurationsOf(request, ctx).filter((c) => c !== request);
    if (configurations.length === 0)
      yield { question: 'Where is this login configured, and is its `state` protection on there?', at };
    for (const one of configurations) yield* ofRequest(one, ctx);
    return;
  }
  if (by === 'library') {
    yield { evidence: 'The library makes `state`, keeps it for this browser and compares it.', at };
    return;
  }
  if (by !== 'caller') return;
  if (isAbsent(roles.state) === true) {
    if (hasSoundPkce(request, ctx))
      yield {
        question:
          'Does this provider really check the challenge for this client? If not, nothing ties the answer to this browser.',
        at,
      };
    return;
  }
  const { callbacks } = flowOf(request, ctx);
  if (!isGiven(roles.state) || (callbacks.length === 0 && isCodeFlow(request))) {
    yield {
      question: 'Where is the answer handled, and does it compare `state` with the one kept for this browser?',
      at,
    };
    return;
  }
  for (const callback of callbacks) if (callback.path !== request.path) yield* ofCallback(callback, ctx);
}

function* ofCallback(callback: Fact<'CallbackHandler'>, ctx: RuleContext): Generator<Statement> {
  const { roles, at } = callback;
  const check = textOf(roles.check);
  const place = roles.check.place ?? at;
  if (check === 'library') {
    yield { evidence: 'The library compares `state` with the one it kept for this browser.', at };
    return;
  }
  if (check === 'unknown') {
    yield { question: 'Does this check refuse an answer whose `state` this browser did not keep?', at: place };
    return;
  }
  if (check === 'equality' || check === 'lookup') {
    if (textOf(roles.bound) === 'unknown')
      yield { question: 'Is the value that `state` is compared with this browser’s own?', at: place };
    else if (requestsOf(callback, ctx).length === 0)
      yield { question: 'Where is `state` made, and is it random and kept for this browser?', at: place };
    else
      yield {
        evidence:
          textOf(roles.order) === 'after'
            ? '`state` is compared with the one kept for this browser, after the exchange and before the sign-in.'
            : '`state` is compared with the one kept for this browser before the code is used.',
        at: place,
      };
    return;
  }
  if (requestsOf(callback, ctx).length === 0)
    yield { question: 'Where does this login start, and what ties this answer to the browser that asked?', at };
}
