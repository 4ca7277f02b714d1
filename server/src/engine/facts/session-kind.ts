/** Where a session that code clears is kept: in a cookie that anybody can copy, or in a record on the server. */
import type { Expr } from '../ir/ir.js';
import type { Semantics } from '../semantics/semantics.js';
import { textOf } from '../semantics/value.js';
import type { Fact } from './kinds.js';

export type SessionKept = 'cookie' | 'server' | 'unknown';

/** Whether an expression is the session of a request, by its name or its library. */
export function isSession(s: Semantics, path: string, expr: Expr): boolean {
  const name = expr.kind === 'name' ? expr.name : expr.kind === 'member' ? expr.property : '';
  if (!/^(?:session|sess|cookieSession|ironSession|userSession)$/i.test(name)) return false;
  const value = s.evaluate(path, expr);
  // A database session of the same name is none.
  const text =
    value.kind === 'external'
      ? value.name
      : value.kind === 'result'
        ? value.callee
        : value.kind === 'parameter' || value.kind === 'object'
          ? (value.type ?? '')
          : '';
  return (
    !/sqlalchemy|sqlmodel|sessionmaker|SessionLocal|aiohttp|requests|boto|httpx|mongoose|neo4j|get_db|get_session/i.test(
      text,
    ) && !isDatabaseSession(s, path, expr)
  );
}

function isDatabaseSession(s: Semantics, path: string, expr: Expr): boolean {
  const object = expr.kind === 'member' && expr.object.kind === 'name' ? expr.object.name : '';
  void s;
  void path;
  return object === 'db';
}

/** How sessions are kept, as the configurations in the workspace say. */
export function sessionsKept(configs: readonly Fact<'SessionConfig'>[]): SessionKept {
  const kept = new Set(configs.map(({ roles }) => (textOf(roles.kept) === 'cookie' ? 'cookie' : 'server')));
  return kept.size === 1 ? ([...kept][0] as SessionKept) : 'unknown';
}
