/** What `state`, `nonce` and the code verifier of a request are made of. */
import type { Place } from '../../base/span.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, alternatives, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { lengthOf } from '../oauth/length.js';
import { originsOf } from '../oauth/origins.js';
import { browserKey, keyedRead } from '../oauth/keyed-read.js';
import { keptUnder } from '../oauth/kept.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';

export default defineRecogniser({
  name: 'random-value',
  phase: 'workspace',
  order: 1,
  *recognise(view) {
    for (const request of view.facts('AuthorizationRequest')) {
      const { state, nonce, challenge, verifier } = request.roles;
      yield* made(view, request, 'state', state);
      yield* made(view, request, 'nonce', nonce);
      yield* made(view, request, 'verifier', verifier.kind === 'absent' ? challenge : verifier);
    }
  },
});

function* made(
  view: FileView,
  request: Fact<'AuthorizationRequest'>,
  use: 'state' | 'nonce' | 'verifier',
  value: Value,
): Generator<Fact> {
  if (value.kind === 'absent' || value.kind === 'unknown') return;
  // What a library says of itself stands nowhere in the code.
  if (value.kind === 'literal' && !value.place) return;
  const source = sourceOf(view.s, value, use) ?? keptSource(view, value, use);
  if (!source) return;
  const place = source.place ?? request.at;
  const say = (text: string): Value => ({
    kind: 'literal',
    value: text,
    ...(source.place ? { place: source.place } : {}),
  });
  const length = lengthOf(view.s, value);
  yield {
    kind: 'RandomValue',
    roles: withAbsent({
      use: say(use),
      source: say(source.is),
      value,
      client: request.roles.client,
      ...(length === undefined ? {} : { length: { kind: 'literal', value: length } as Value }),
    }),
    spans: {},
    at: place,
    path: view.path,
    library: 'by hand',
    ...(request.node ? { node: request.node } : {}),
    ...(request.fn ? { fn: request.fn } : {}),
  } as Fact;
}

/** A value that is read back from where it was kept: what was kept there. */
function keptSource(view: FileView, value: Value, use: 'state' | 'nonce' | 'verifier'): Source | undefined {
  const key = browserKey(view.s, value);
  if (key === undefined) return undefined;
  for (const kept of keptUnder(view.s, view.path, key)) {
    const source = sourceOf(view.s, kept, use);
    if (source) return source;
  }
  return undefined;
}

interface Source {
  readonly is: 'crypto' | 'guessable' | 'constant' | 'once';
  readonly place: Place | undefined;
}

/** What a value is drawn from; `undefined` where that cannot be seen. */
function sourceOf(s: Semantics, value: Value, use: 'state' | 'nonce' | 'verifier'): Source | undefined {
  // One alternative that is sure decides: a fallback is what runs when the other is missing.
  const settled = alternatives(value).map((v) => (v.kind === 'environment' && v.fallback ? v.fallback : v));
  const texts = settled.map(textOf);
  if (use !== 'verifier' && texts.every((t) => t !== undefined && t !== ''))
    return { is: 'constant', place: settled[0]?.place };
  const origins = settled.flatMap((v) => originsOf(s, v));
  const strong = origins.find((v) => v.kind === 'random' && v.source === 'cryptographic');
  if (strong) return once(s, strong) ? { is: 'once', place: strong.place } : { is: 'crypto', place: strong.place };
  const weak = origins.find((v) => v.kind === 'random' && v.source === 'guessable');
  if (weak) return { is: 'guessable', place: weak.place };
  // Something that we know nothing of may be as random as it likes.
  const open = origins.some(
    (v) =>
      v.kind === 'unknown' ||
      v.kind === 'parameter' ||
      ((v.kind === 'call' || v.kind === 'result') && !isShaping(s, v)) ||
      v.kind === 'environment' ||
      (v.kind === 'member' && keyedRead(s, v) !== undefined && !isShape(v.property)) ||
      v.kind === 'instance' ||
      v.kind === 'object',
  );
  if (open) return undefined;
  const moment = origins.find((v) => v.kind === 'moment');
  if (moment) return { is: 'guessable', place: moment.place };
  const literal = origins.find(
    (v) => v.kind === 'literal' && typeof v.value === 'string' && v.value.length >= 4 && !ALGORITHM.test(v.value),
  );
  return literal ? { is: 'constant', place: literal.place } : undefined;
}

const ALGORITHM = /^(?:sha-?\d+|S?\d+|base64(?:url)?|hex|ascii|utf-?8|latin1|binary)$/i;

/** Calls that shape what they are given and add nothing: hashing, encoding, slicing. */
function isShaping(s: Semantics, value: Extract<Value, { kind: 'call' | 'result' }>): boolean {
  const { callee } = value.site.call;
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  void s;
  return isShape(name);
}

function isShape(name: string): boolean {
  return /^(?:digest|hexdigest|update|createHash|sha256|sha1|md5|hash|subtle|toString|fromCharCode|btoa|encode|decode|replace|replaceAll|rstrip|strip|slice|substring|substr|padStart|padEnd|join|charAt|map|from|urlsafe_b64encode|b64encode|Sum256|EncodeToString|WithPadding|isoformat|stringify|dumps|String|str|length|split|trim|toLowerCase|toUpperCase|concat|base64url|base64URLEncode|hashlib|crypto)$/.test(
    name,
  );
}

/** Whether a value is drawn when the program starts, outside every function. */
function once(s: Semantics, random: Value): boolean {
  const place = random.place;
  if (!place) return false;
  const index = s.project.file(place.path);
  const call = index?.calls.find((c) => c.span.start === place.span.start && c.span.end === place.span.end);
  return (
    index !== undefined &&
    call !== undefined &&
    index.functionOf(call) === undefined &&
    index.classOf(call) === undefined
  );
}
