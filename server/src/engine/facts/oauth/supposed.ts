/** What a trial supposes of values that no code says: the own origin, hosts of the request, settings. */
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, alternatives } from '../../semantics/value.js';
import { keyedRead } from './keyed-read.js';
import type { Seen } from './trial.js';

/** The own site of every trial. */
export const ORIGIN = 'https://app.example.com';
const HOST = 'app.example.com';

const text = (value: string): Seen => ({ is: 'text', text: value, of: false });

/** What the own addresses are in a trial: `request.host`, `url.origin`, `process.env.BASE_URL`. */
export function ownAddress(s: Semantics, value: Value): Seen | undefined {
  for (const option of alternatives(value)) {
    const name = option.kind === 'environment' ? option.name : undefined;
    if (name !== undefined) {
      if (/hosts|origins|domains|allowed/i.test(name))
        return { is: 'list', items: [text(/origin|url/i.test(name) ? ORIGIN : HOST)], of: false };
      if (/host|domain/i.test(name)) return text(HOST);
      if (/url|uri|origin|base|site|frontend|client|app/i.test(name)) return text(ORIGIN);
    }
    const key = hostRead(s, option);
    if (key === undefined) continue;
    if (/^(?:host|get_host|Host|netloc|hostname|x-forwarded-host|server_name|SERVER_NAME|HTTP_HOST)$/i.test(key))
      return text(HOST);
    if (/^(?:host_url|url_root|base_url|build_absolute_uri|root_url)$/.test(key)) return text(`${ORIGIN}/`);
    if (/^(?:origin|nextUrl|url|href)$/.test(key)) return text(ORIGIN);
  }
  return undefined;
}

/** The name by which a value that depends on the request's host is read; `undefined` if it does not. */
export function hostRead(s: Semantics, value: Value): string | undefined {
  const read = keyedRead(s, value);
  if (read) {
    // Only what is read right off the request: an object that was looked up with it has an address of its own.
    if (HOST_KEY.test(read.key) && read.words.slice(0, 3).some((w) => REQUEST_WORD.test(w))) return read.key;
    return undefined;
  }
  if (value.kind !== 'call' && value.kind !== 'result') return undefined;
  const { callee } = value.site.call;
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  return /^(?:get_host|build_absolute_uri|getRequestURL|getRequestHost|useRequestURL)$/.test(name) ? name : undefined;
}

const HOST_KEY =
  /^(?:host|hostname|Host|origin|host_url|url_root|base_url|root_url|netloc|x-forwarded-host|X-Forwarded-Host|nextUrl|url|href|HTTP_HOST|forwarded-host|x-forwarded-proto|get_host)$/;
const REQUEST_WORD = /^(?:req|request|headers|Request|NextRequest|event|ctx|c|nextUrl|url|META|location|r|URL)$/;
