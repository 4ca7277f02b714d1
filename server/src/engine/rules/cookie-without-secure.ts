import { textOf } from '../semantics/value.js';
import { inSentence, isCredentialCookie, nameOfCookie } from '../facts/credential-cookie.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'cookie-without-secure',
  item: 'refresh-storage',
  title: 'A token or session cookie is sent without TLS',
  why: 'Without `Secure` the browser sends the cookie over plain HTTP too, and one such request is enough: a link, an image, a redirect that begins with `http://`.',
  attack:
    'Somebody in the same café makes the victim’s browser open an `http://` address of the site. The cookie travels in clear text, and they read it from the air.',
  remedy: 'Set `Secure`, in production at least. Browsers accept it on `localhost`, so development need not differ.',
  severities: ['warning'],
  precision: 'high',
  cwe: [614],
  references: ['ASVS 3.3.1'],
  examples: [
    {
      language: 'python',
      vulnerable: `from flask import make_response\ndef login():\n    response = make_response()\n    response.set_cookie("access_token", issue(), httponly=True, samesite="Lax")\n    return response`,
      fixed: `from flask import make_response\ndef login():\n    response = make_response()\n    response.set_cookie("access_token", issue(), httponly=True, secure=True, samesite="Lax")\n    return response`,
    },
  ],
  on: 'CookieSet',
  *check(cookie) {
    if (!isCredentialCookie(cookie)) return;
    const { secure } = cookie.roles;
    const said = textOf(secure);
    if (said !== 'off' && said !== 'missing' && said !== 'inverted') return;
    const name = nameOfCookie(cookie);
    const message =
      said === 'missing'
        ? `${name} is set without \`Secure\`, which is off by default.`
        : said === 'inverted'
          ? `\`Secure\` of ${inSentence(name)} is off in production and on elsewhere.`
          : `\`Secure\` of ${inSentence(name)} is switched off.`;
    yield {
      at: secure.place ?? cookie.at,
      message,
      fix: { title: 'Set `Secure`', kind: 'suggestion', steps: [{ set: 'secure', of: cookie, or: true }] },
    };
  },
});
