/** Where a browser is sent on: redirects of servers and pages, in the words of the frameworks. */
import type { CallExpr, Expr } from '../../ir/ir.js';
import type { FileIndex } from '../../semantics/file-index.js';

export interface Sink {
  /** What is redirected to. */
  readonly target: Expr;
  /** The redirect itself. */
  readonly node: Expr;
  /** The page itself goes there, so that `javascript:` runs. */
  readonly page: boolean;
}

const REDIRECT =
  /^(?:redirect|permanentRedirect|RedirectResponse|HttpResponseRedirect|HttpResponsePermanentRedirect|sendRedirect|navigateTo|HTTPFound|HTTPSeeOther|Redirect|redirectTo|redirect_to|safe_redirect|see_other|temporary_redirect)$/;
const PAGE = /^(?:assign|replace)$/;

/** All places of a file that send a browser on. */
export function redirectsOf(index: FileIndex): readonly Sink[] {
  const found: Sink[] = [];
  for (const call of index.calls) {
    const sink = redirectCall(call);
    if (sink) found.push(sink);
  }
  for (const write of index.memberWrites) {
    const { target } = write;
    if (isLocation(target) || (target.kind === 'member' && target.property === 'href' && isLocation(target.object)))
      found.push({ target: write.value, node: write.value, page: true });
    // `response.headers["Location"] = url`
    else if (
      target.kind === 'member' &&
      /^location$/i.test(target.property) &&
      /headers$/i.test(lastWord(target.object))
    )
      found.push({ target: write.value, node: write.value, page: false });
  }
  for (const expr of index.expressions) {
    // `{ status: 302, headers: { Location: url } }`
    if (expr.kind !== 'record') continue;
    for (const entry of expr.entries)
      if (entry.key !== undefined && /^Location$/.test(entry.key))
        found.push({ target: entry.value, node: entry.value, page: false });
  }
  return found;
}

function redirectCall(call: CallExpr): Sink | undefined {
  const { callee, args } = call;
  const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  const positional = args.filter((a) => !a.name && !a.spread);
  if (REDIRECT.test(name)) {
    const named = args.find((a) => a.name === 'url' || a.name === 'location' || a.name === 'redirect_to')?.value;
    const holder = callee.kind === 'member' ? lastWord(callee.object) : '';
    if (name === 'Redirect' && holder === 'http') return at(call, positional[2]?.value, false);
    if (name === 'sendRedirect') return at(call, positional.at(1)?.value ?? positional[0]?.value, false);
    const first = positional[0]?.value;
    const second = positional[1]?.value;
    // `redirect(303, url)`, `res.redirect(302, url)`
    const status = first?.kind === 'literal' && typeof first.value === 'number';
    const member = first?.kind === 'member' && /^(?:http|status)/i.test(lastWord(first.object));
    return at(call, named ?? (status || member ? second : first), false);
  }
  if (callee.kind === 'member' && PAGE.test(name) && isLocation(callee.object))
    return at(call, positional[0]?.value, true);
  if (name === 'setHeader' || name === 'set' || name === 'header') {
    const first = positional[0]?.value;
    if (first?.kind === 'literal' && /^location$/i.test(String(first.value)))
      return at(call, positional[1]?.value, false);
  }
  if (name === 'openURL' || name === 'openAuthSessionAsync') return undefined;
  return undefined;
}

function at(call: CallExpr, target: Expr | undefined, page: boolean): Sink | undefined {
  return target && { target, node: call, page };
}

function isLocation(expr: Expr): boolean {
  if (expr.kind === 'name') return expr.name === 'location';
  return (
    expr.kind === 'member' &&
    expr.property === 'location' &&
    expr.object.kind === 'name' &&
    /^(?:window|document|globalThis|self|top)$/.test(expr.object.name)
  );
}

function lastWord(expr: Expr): string {
  return expr.kind === 'member' ? expr.property : expr.kind === 'name' ? expr.name : '';
}
