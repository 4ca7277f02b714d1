/** Switches, set by an assignment or on a logger's name, that make a library print credentials. */
import { numberOf, textOf } from '../../semantics/value.js';
import type { Span } from '../../base/span.js';
import type { Fact } from '../kinds.js';
import { withAbsent } from '../recognise.js';
import { defineRecogniser, type FileView } from '../recogniser.js';
import { isDevelopmentOnly } from '../leaks/guards.js';

/** Loggers that print tokens, headers and bodies at `DEBUG`. */
const TALKATIVE = /^(?:requests_oauthlib|oauthlib|authlib|msal|google\.auth\.transport)(?:\.|$)/;

export default defineRecogniser({
  name: 'library-debug',
  phase: 'file',
  *recognise(view) {
    const { index, s, path } = view;
    for (const write of index.memberWrites) {
      if (write.target.kind !== 'member' || write.target.property !== 'debuglevel') continue;
      if ((numberOf(s.evaluate(path, write.value)) ?? 0) > 0 && !isDevelopmentOnly(s, path, write.node))
        yield fact(view, write.target.span, 'every request with its headers');
    }
    for (const call of index.calls) {
      const { callee } = call;
      if (callee.kind !== 'member' || callee.property !== 'setLevel' || callee.object.kind !== 'call') continue;
      const logger = textOf(s.evaluate(path, callee.object.args[0]?.value ?? callee.object));
      const level = call.args[0] && s.evaluate(path, call.args[0].value);
      const isDebug =
        level &&
        ((level.kind === 'external' && /\.DEBUG$/.test(level.name)) ||
          textOf(level) === 'DEBUG' ||
          numberOf(level) === 10);
      if (logger && TALKATIVE.test(logger) && isDebug && !isDevelopmentOnly(s, path, call))
        yield fact(view, call.span, 'tokens and bodies');
    }
  },
});

function fact(view: FileView, span: Span, prints: string): Fact {
  return {
    kind: 'LibraryDebug',
    roles: withAbsent({ on: { kind: 'literal', value: true }, prints: { kind: 'literal', value: prints } }) as never,
    spans: {},
    at: { path: view.path, span },
    path: view.path,
    library: 'library-debug',
  } as Fact;
}
