import { textOf } from '../../semantics/value.js';
import { defineExaminer } from '../examiner.js';

export default defineExaminer({
  item: 'refresh-storage',
  *examine(_path, ctx) {
    for (const { roles, at } of ctx.facts('CookieSet')) {
      const kind = textOf(roles.valueKind);
      if (kind !== 'refresh' && kind !== 'access' && kind !== 'id' && kind !== 'session') continue;
      const name = textOf(roles.name) ?? `${kind} cookie`;
      const [httpOnly, secure, sameSite] = [textOf(roles.httpOnly), textOf(roles.secure), textOf(roles.sameSite)];
      for (const [attribute, said, place] of [
        ['HttpOnly', httpOnly, roles.httpOnly.place],
        ['Secure', secure, roles.secure.place],
        ['SameSite', sameSite, roles.sameSite.place],
      ] as const) {
        if (said === 'unknown')
          yield {
            question: `\`${name}\` carries a credential, and \`${attribute}\` comes from a setting. Is it on in production?`,
            at: place?.path === at.path ? place : at,
          };
      }
      if (httpOnly === 'on' && secure === 'on' && (sameSite === 'lax' || sameSite === 'strict'))
        yield {
          evidence: `The cookie \`${name}\` is \`HttpOnly\`, \`Secure\` and \`SameSite=${sameSite === 'lax' ? 'Lax' : 'Strict'}\`.`,
          at,
        };
      else if (httpOnly === 'on' && secure === 'on' && ctx.all('CsrfDefence').length > 0)
        yield {
          evidence: `The cookie \`${name}\` is \`HttpOnly\` and \`Secure\`, and an anti-forgery check guards its use.`,
          at,
        };
    }
    for (const { roles, at } of ctx.facts('TokenStore')) {
      const medium = textOf(roles.medium);
      if (medium === 'deviceSecure' || medium === 'osKeyring')
        yield { evidence: 'The token is kept in the secure store of the platform.', at };
      else if (medium === 'extensionSession') yield { evidence: 'The token is kept in memory by the browser.', at };
      else if (textOf(roles.by) === 'default')
        yield {
          question:
            'This library keeps the session where scripts can read it, by design. Is that accepted here (short sessions, strict CSP), or can a back end hold the tokens?',
          at,
        };
      else if (medium === 'db' || medium === 'cache') {
        const form = textOf(roles.form);
        if (form === 'hashed') yield { evidence: 'Only a hash of the refresh token is stored.', at };
        else if (form === 'encrypted') yield { evidence: 'The token is stored encrypted.', at };
        else if (form === 'unknown')
          yield {
            question: `Is \`${textOf(roles.key) ?? 'the token'}\` hashed or encrypted before it reaches the database?`,
            at,
          };
      } else if (textOf(roles.form) === 'hashed' || textOf(roles.form) === 'encrypted')
        yield { evidence: `The token is kept ${textOf(roles.form)}.`, at };
    }
    for (const { roles, at } of ctx.facts('TokenResponse')) {
      if (
        textOf(roles.tokenKind) !== 'refresh' ||
        (roles.alsoInCookie.kind === 'literal' && roles.alsoInCookie.value === true)
      )
        continue;
      yield {
        question:
          'The refresh token goes out in the response body. Who receives it, and where do they keep it: a secure store on a device, or a browser?',
        at,
      };
    }
  },
});
