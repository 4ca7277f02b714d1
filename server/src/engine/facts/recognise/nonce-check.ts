/** Whether the `nonce` of an ID token is held against the one that was sent. */
import type { Expr } from '../../ir/ir.js';
import type { Fact } from '../kinds.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { calleeSpan, withAbsent } from '../recognise.js';

const VERIFIES =
  /^(?:Verify|VerifyIDToken|jwtVerify|verify|verifyIdToken|verify_id_token|parse_id_token|verify_oauth2_token|decode|validate_id_token)$/;

export default defineRecogniser({
  name: 'nonce-check',
  phase: 'file',
  *recognise(view) {
    for (const expr of view.index.expressions) {
      if (
        expr.kind === 'binary' &&
        /^(?:==|!=)$/.test(expr.operator) &&
        (names(expr.left) || names(expr.right)) &&
        !isNothing(expr.left) &&
        !isNothing(expr.right)
      )
        yield fact(view, expr, 'equality');
      else if (expr.kind === 'call') {
        if (compares(expr)) yield fact(view, expr, 'equality');
        else if (verifies(expr)) yield fact(view, expr, 'none');
      }
    }
  },
});

function fact(view: FileView, node: Expr, compares: string): Fact {
  const fn = view.index.functionOf(node);
  return {
    kind: 'StateCheck',
    roles: withAbsent({ subject: { kind: 'literal', value: 'nonce' }, compares: { kind: 'literal', value: compares } }),
    spans: {},
    at: { path: view.path, span: node.kind === 'call' ? calleeSpan(node) : node.span },
    path: view.path,
    library: 'by hand',
    node,
    ...(fn ? { fn } : {}),
  } as Fact;
}

/** A member or variable called `nonce`. */
function names(expr: Expr): boolean {
  if (expr.kind === 'member') return /^nonce$/i.test(expr.property) || names(expr.object);
  if (expr.kind === 'name') return /nonce/i.test(expr.name);
  if (expr.kind === 'call')
    return (
      expr.args.some((a) => a.value.kind === 'literal' && a.value.value === 'nonce') ||
      (expr.callee.kind === 'member' && names(expr.callee.object))
    );
  return false;
}

function isNothing(expr: Expr): boolean {
  return expr.kind === 'literal' && (expr.value === null || expr.value === '');
}

/** `compare_digest(claims["nonce"], kept)`, `client.callback(uri, params, { nonce })`, `parse_id_token(token, nonce=…)`. */
function compares(call: Extract<Expr, { kind: 'call' }>): boolean {
  const name =
    call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';
  if (/^(?:compare_digest|timingSafeEqual|ConstantTimeCompare|equals|safeEqual)$/.test(name))
    return call.args.some((a) => names(a.value));
  if (
    !/^(?:callback|oauthCallback|authorizationCodeGrant|validateIdToken|parse_id_token|jwtVerify|verify|verifyIdToken|processAuthorizationCodeResponse|getValidatedIdTokenClaims)$/.test(
      name,
    )
  )
    return false;
  return call.args.some(
    (a) =>
      (a.name !== undefined && /nonce/i.test(a.name)) ||
      (a.value.kind === 'record' &&
        a.value.entries.some((e) => e.key !== undefined && /^(?:nonce|expectedNonce)$/.test(e.key))),
  );
}

function verifies(call: Extract<Expr, { kind: 'call' }>): boolean {
  const name =
    call.callee.kind === 'member' ? call.callee.property : call.callee.kind === 'name' ? call.callee.name : '';
  return VERIFIES.test(name) && call.args.some((a) => mentionsIdToken(a.value));
}

function mentionsIdToken(expr: Expr): boolean {
  if (expr.kind === 'name') return /id_?token/i.test(expr.name);
  if (expr.kind === 'member') return /^id_?token$/i.test(expr.property);
  return expr.kind === 'call' && expr.args.some((a) => a.value.kind === 'literal' && a.value.value === 'id_token');
}
