/** Which cookies are worth stealing, and how a message calls them. */
import { textOf } from '../semantics/value.js';
import type { Fact } from './kinds.js';

/** Whether a cookie holds a token or a session. */
export function isCredentialCookie({ roles }: Fact<'CookieSet'>): boolean {
  const kind = textOf(roles.valueKind);
  return kind === 'refresh' || kind === 'access' || kind === 'id' || kind === 'session';
}

/** How a message names a cookie: "The cookie `sid`", "The session cookie". */
export function nameOfCookie({ roles }: Fact<'CookieSet'>): string {
  const name = textOf(roles.name);
  if (name !== undefined) return `${textOf(roles.of) === 'session' ? 'The session cookie' : 'The cookie'} \`${name}\``;
  const kind = textOf(roles.valueKind);
  return kind === 'session' ? 'The session cookie' : `The cookie with the ${kind} token`;
}

/** The same name inside a sentence. */
export function inSentence(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
