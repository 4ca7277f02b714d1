import { textOf } from '../../semantics/value.js';
import { defineExaminer } from '../examiner.js';

const SAY: Readonly<Record<string, string>> = {
  afterLogin: 'The target after the login is checked so that it cannot leave the site.',
  afterLogout: 'The target after the logout is checked so that it cannot leave the site.',
  authorizationResponse: 'The `redirect_uri` of a client is compared exactly.',
  clientRedirectUri: 'The redirect address of this client is a constant or configured.',
};

export default defineExaminer({
  item: 'redirect-uri',
  *examine(path, ctx) {
    void path;
    for (const { roles, at } of ctx.facts('RedirectDecision')) {
      const check = textOf(roles.check);
      const purpose = textOf(roles.purpose) ?? '';
      if (check === 'strong' || (check === 'fixed' && purpose === 'clientRedirectUri'))
        yield { evidence: SAY[purpose] ?? 'The target is checked.', at: roles.check.place ?? at };
      else if (check === 'unknown')
        yield { question: 'Does the check on the way here refuse `//evil.example` and `/\\evil.example`?', at };
    }
    for (const { roles, at } of ctx.facts('WindowMessage')) {
      if (textOf(roles.carries) !== 'token') continue;
      const origin = textOf(roles.targetOrigin);
      if (textOf(roles.side) === 'listens') {
        if (textOf(roles.originCheck) === 'checked') yield { evidence: 'The sender of the message is checked.', at };
      } else if (origin !== undefined && origin !== '*')
        yield { evidence: 'The token is posted to one origin only.', at };
      else if (origin === undefined)
        yield { question: 'Is this target origin set in production, and is it never `*`?', at };
    }
  },
});
