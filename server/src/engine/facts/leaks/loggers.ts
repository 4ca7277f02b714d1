/** Which calls log, told by shape: a level's method on something that is called a logger. */
import type { CallExpr, Expr } from '../../ir/ir.js';
import { words } from '../../semantics/credential-names.js';

const LEVELS =
  /^(?:log|trace|debug|verbose|silly|info|http|notice|warn|warning|error|err|fatal|critical|exception|success|print|printf|println|dir|table|Log|Trace|Tracef|Debug|Debugf|Debugw|Debugln|Info|Infof|Infow|Infoln|Warn|Warnf|Warnw|Warning|Warningf|Error|Errorf|Errorw|Fatal|Fatalf|Fatalln|Panic|Panicf|Print|Printf|Println|Msg|Msgf|InfoContext|ErrorContext|WarnContext|DebugContext)$/;

/** Whether a call logs: `logger.info(…)`, `console.error(…)`, `logging.getLogger(x).warning(…)`. */
export function isLogCall(call: CallExpr): boolean {
  const { callee } = call;
  return callee.kind === 'member' && LEVELS.test(callee.property) && call.args.length > 0 && isLogger(callee.object, 0);
}

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
