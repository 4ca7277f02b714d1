/** Which provider an address belongs to: by its host. */
import { type Value, partsOf, textOf } from '../../semantics/value.js';

const HOSTS: readonly (readonly [string, RegExp])[] = [
  ['google', /accounts\.google\.com|googleapis\.com|www\.google\.com\/o\/oauth/],
  ['github', /github\.com/],
  ['gitlab', /gitlab/],
  ['microsoft', /login\.microsoftonline\.com|login\.windows\.net|graph\.microsoft\.com|login\.live\.com/],
  ['slack', /slack\.com/],
  ['discord', /discord(?:app)?\.com/],
  ['spotify', /spotify\.com/],
  ['facebook', /facebook\.com|graph\.facebook/],
  ['linkedin', /linkedin\.com/],
  ['twitter', /twitter\.com|x\.com\/i\/oauth2/],
  ['dropbox', /dropbox\.com/],
  ['notion', /notion\.com/],
  ['stripe', /connect\.stripe\.com/],
];

/** The provider that an endpoint belongs to, as a value; absent if its host is not known. */
export function providerOf(endpoint: Value): Value {
  for (const part of partsOf(endpoint)) {
    const text = textOf(part);
    if (text === undefined) continue;
    const found = HOSTS.find(([, host]) => host.test(text));
    if (found) return { kind: 'literal', value: found[0] };
  }
  return { kind: 'absent' };
}
