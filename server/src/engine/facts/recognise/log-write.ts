/** Loggers by shape: a level's method on something that is called a logger, whatever library it is from. */
import { isLogCall } from '../leaks/loggers.js';
import { calleeSpan, withAbsent } from '../recognise.js';
import { defineRecogniser } from '../recogniser.js';

export default defineRecogniser({
  name: 'log-write',
  phase: 'file',
  *recognise({ path, index, s, facts }) {
    const known = new Set(facts('LogWrite').map((fact) => fact.node));
    for (const call of index.calls) {
      const { callee } = call;
      if (callee.kind !== 'member' || known.has(call) || !isLogCall(call)) continue;
      const fn = index.functionOf(call);
      yield {
        kind: 'LogWrite',
        roles: withAbsent({ level: { kind: 'literal', value: callee.property.toLowerCase() } }) as never,
        spans: {},
        at: { path, span: calleeSpan(call) },
        path,
        library: 'log-write',
        site: s.site(path, call),
        node: call,
        ...(fn ? { fn } : {}),
      };
    }
  },
});
