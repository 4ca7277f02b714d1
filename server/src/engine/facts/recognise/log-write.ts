/** Loggers by shape: a level's method on something that is called a logger, whatever library it is from. */
import type { Expr } from '../../ir/ir.js';
import { words } from '../../semantics/credential-names.js';
import { calleeSpan, withAbsent } from '../recognise.js';
import { defineRecogniser } from '../recogniser.js';

const LEVELS =
  /^(?:log|trace|debug|verbose|silly|info|http|notice|warn|warning|error|err|fatal|critical|exception|success|print|printf|println|dir|table|Log|Trace|Tracef|Debug|Debugf|Debugw|Debugln|Info|Infof|Infow|Infoln|Warn|Warnf|Warnw|Warning|Warningf|Error|Errorf|Errorw|Fatal|Fatalf|Fatalln|Panic|Panicf|Print|Printf|Println|Msg|Msgf|InfoContext|ErrorContext|WarnContext|DebugContext)$/;

export default defineRecogniser({
  name: 'log-write',
  phase: 'file',
  *recognise({ path, index, s, facts }) {
    const known = new Set(facts('LogWrite').map((fact) => fact.node));
    for (const call of index.calls) {
      const { callee } = call;
      if (callee.kind !== 'member' || !LEVELS.test(callee.property) || known.has(call)) continue;
      if (call.args.length === 0 || !isLogger(callee.object, 0)) continue;
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

/** Whether an expression is called a logger: `logger`, `req.log`, `logging.getLogger(x)`, `log.With(…)`. */
function isLogger(expr: Expr, depth: number): boolean {
  if (depth > 6) return false;
  switch (expr.kind) {
    case 'name':
      return namesLogger(expr.name);
    case 'member':
      return namesLogger(expr.property) || (isFluent(expr.property) && isLogger(expr.object, depth + 1));
    case 'call':
      return (
        isLogger(expr.callee, depth + 1) || (expr.callee.kind === 'member' && isLogger(expr.callee.object, depth + 1))
      );
    case 'unary':
      return isLogger(expr.operand, depth + 1);
    default:
      return false;
  }
}

function namesLogger(name: string): boolean {
  const all = words(name).split(/[^a-z0-9]+/);
  return /^(?:log|logs|logger|logging|console|slog|winston|pino|bunyan|sugar|zlog|klog|logrus|zap|timber)$/.test(
    all.at(-1) ?? '',
  );
}

function isFluent(name: string): boolean {
  return /^(?:child|bind|opt|with|With\w*|Str|Err|Any|Interface|Debug|Info|Warn|Error)$/.test(name);
}
