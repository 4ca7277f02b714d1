/** Reads by name: `req.query.code`, `url.searchParams.get('state')`, `session.pop("state")`, `getCookie(c, 'state')`. */
import type { Semantics } from '../../semantics/semantics.js';
import { type CallSite, type Value, alternatives, directParts, textOf } from '../../semantics/value.js';

/** Methods that read one entry by its name. */
const READ_METHODS =
  /^(?:get|getItem|getFirst|getAll|getlist|get_secure_cookie|get_cookie|getCookie|pop|take|query|queries|queryParam|param|params|header|headers|cookie|Cookie|FormValue|PostFormValue|Query|PostForm|Get|GetString|DefaultQuery|read|getdel|GETDEL|getDel|get_argument|get_query_argument|pull|consume|remove|input|value|getItemAsync|getGenericPassword|flash)$/;

/** Functions that read one entry by its name, with what holds it as another argument. */
const READ_FUNCTIONS =
  /^(?:getCookie|getSignedCookie|useCookie|parseCookie|getQuery|getQueryParam|getHeader|getSession\w*|getItem|Query|Body|Param|Cookie|Cookies|Header|Form|getItemAsync|useSearchParam|useQueryParam|useLocalStorage|useSessionStorage|get_cookie|getParam\w*|readCookie|readSession)$/;

export interface KeyedRead {
  readonly key: string;
  /** Words of the names that it is read from, nearest first: `query`, `req`. */
  readonly words: readonly string[];
}

/** The read by name that a value is; `undefined` if it is none. */
export function keyedRead(s: Semantics, value: Value): KeyedRead | undefined {
  switch (value.kind) {
    case 'member':
      return { key: value.property, words: wordsOf(s, value.object) };
    case 'external': {
      // `window.location.search.code`, `flask.session.state`: a library's object, read by name.
      const words = value.name.slice(value.name.indexOf(':') + 1).split(/[.#]/);
      const key = words.pop();
      return key === undefined || words.length === 0 ? undefined : { key, words: words.reverse() };
    }
    case 'element': {
      const key = textOf(value.index);
      // `parse_qs(…)["code"][0]`: the first of its values.
      if (key === undefined && value.index.kind === 'literal' && typeof value.index.value === 'number')
        return keyedRead(s, value.object);
      return key === undefined ? undefined : { key, words: wordsOf(s, value.object) };
    }
    case 'call':
    case 'result':
      return callRead(s, value.site);
    default:
      return undefined;
  }
}

function callRead(s: Semantics, site: CallSite): KeyedRead | undefined {
  const { callee, args } = site.call;
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : undefined;
  if (name === undefined) return undefined;
  const texts = args.slice(0, 3).map((a) => keyText(s, site, a.value));
  if (callee.kind === 'member' && READ_METHODS.test(name) && texts[0] !== undefined) {
    return { key: texts[0], words: [name, ...wordsOf(s, s.evaluate(site.path, callee.object, site.frame))] };
  }
  if (READ_FUNCTIONS.test(name)) {
    const key = texts.find((t) => t !== undefined);
    if (key !== undefined) return { key, words: [name] };
  }
  // `cookies().get('state').value`, `await request.json()`: what a call without a key gives is no read by name.
  return undefined;
}

function keyText(s: Semantics, site: CallSite, expr: CallSite['call']['args'][number]['value']): string | undefined {
  const value = s.evaluate(site.path, expr, site.frame);
  return textOf(value) ?? (value.kind === 'environment' ? value.name : undefined);
}

/** The names that a value goes by: members, callees, parameters; those of arguments too. Nearest first. */
export function wordsOf(s: Semantics, value: Value): readonly string[] {
  const words: string[] = [];
  const queue: Value[] = [value];
  const seen = new Set<Value>();
  for (let i = 0; queue.length > 0 && i < 24; i++) {
    const current = queue.shift() as Value;
    if (seen.has(current)) continue;
    seen.add(current);
    switch (current.kind) {
      case 'member':
        words.push(current.property);
        break;
      case 'external':
        words.push(
          ...current.name
            .slice(current.name.indexOf(':') + 1)
            .split(/[.#]/)
            .reverse(),
        );
        break;
      case 'parameter':
        words.push(current.name);
        if (current.type)
          words.push(
            ...current.type
              .slice(current.type.indexOf(':') + 1)
              .split(/[.#]/)
              .reverse(),
          );
        break;
      case 'object':
        words.push(
          ...current.type
            .slice(current.type.indexOf(':') + 1)
            .split(/[.#]/)
            .reverse(),
        );
        break;
      case 'element': {
        const key = textOf(current.index);
        if (key !== undefined) words.push(key);
        break;
      }
      case 'record':
        if (current.type)
          words.push(
            ...current.type
              .slice(current.type.indexOf(':') + 1)
              .split(/[.#]/)
              .reverse(),
          );
        break;
      case 'call':
      case 'result': {
        const { callee, args } = current.site.call;
        if (callee.kind === 'member') {
          words.push(callee.property);
          queue.push(s.evaluate(current.site.path, callee.object, current.site.frame));
        } else if (callee.kind === 'name') words.push(callee.name);
        for (const argument of args.slice(0, 3)) {
          const given = s.evaluate(current.site.path, argument.value, current.site.frame);
          const text = textOf(given);
          if (text !== undefined && /^[\w.:-]{1,40}$/.test(text)) words.push(text);
          else queue.push(given);
        }
        continue;
      }
    }
    queue.push(...directParts(current));
  }
  return words;
}

const KEPT = /session|cookie|storage|securestore|keychain|keytar/i;
const REQUEST =
  /^(?:req|request|query|queries|queryParams|query_params|searchParams|search_params|search|params|param|args|GET|POST|form|body|values|url|URL|Url|location|hash|href|route|event|ctx|context|c|FormValue|Query|parse_qs|parse_qsl|parsed|parsedUrl|URLSearchParams|useSearchParams|useRouter|useRoute|useLocation|router|data|payload|result|response|responseUrl|redirectUrl|callbackUrl|input|get_query_argument|get_argument|getQuery|ParseQuery|path|r|message|json)$/;

/** Whose a value read by name is: this browser's own keeping, the request's, or not known. */
export function holderOf(words: readonly string[]): 'browser' | 'request' | undefined {
  if (words.some((word) => KEPT.test(word) && !/^sessionStore$|^session_?id$/i.test(word))) return 'browser';
  if (words.some((word) => REQUEST.test(word))) return 'request';
  return undefined;
}

/** The name of the request's parameter that a value is, if it is one; alternatives are looked through. */
export function requestParameter(s: Semantics, value: Value): string | undefined {
  for (const option of alternatives(value)) {
    const read = keyedRead(s, option);
    if (read && holderOf(read.words) === 'request') return read.key;
  }
  return undefined;
}

/** The name under which a value was kept for this browser, if it was. */
export function browserKey(s: Semantics, value: Value): string | undefined {
  for (const option of alternatives(value)) {
    const read = keyedRead(s, option);
    if (read && holderOf(read.words) === 'browser') return read.key;
  }
  return undefined;
}
