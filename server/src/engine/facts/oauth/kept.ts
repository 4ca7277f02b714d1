/** What a file keeps for the browser under a name: in the session, a cookie, the page's storage. */
import type { Expr } from '../../ir/ir.js';
import type { Semantics } from '../../semantics/semantics.js';
import { type Value, textOf } from '../../semantics/value.js';
import { holderOf, wordsOf } from './keyed-read.js';

const KEEPERS =
  /^(?:set|setItem|setCookie|set_cookie|cookie|put|setItemAsync|save|add|set_secure_cookie|SetCookie|Set|setSignedCookie|set_signed_cookie)$/;

/** The values that this file writes under this name into a place of the browser's own. */
export function keptUnder(s: Semantics, path: string, key: string): readonly Value[] {
  return keptWhere(s, path, key).map((expr) => s.evaluate(path, expr));
}

/** The expressions that this file writes under this name into a place of the browser's own. */
export function keptWhere(s: Semantics, path: string, key: string): readonly Expr[] {
  const index = s.index(path);
  const found: Expr[] = [];
  for (const write of index.memberWrites) {
    const { target } = write;
    const name =
      target.kind === 'member'
        ? target.property
        : target.kind === 'index'
          ? textOf(s.evaluate(path, target.index))
          : undefined;
    if (name !== key || (target.kind !== 'member' && target.kind !== 'index')) continue;
    if (isBrowsers(s, path, target.object)) found.push(write.value);
  }
  for (const call of index.calls) {
    const { callee, args } = call;
    const name = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
    if (!KEEPERS.test(name)) continue;
    const at = args.findIndex((a) => textOf(s.evaluate(path, a.value)) === key);
    const value = at === -1 ? undefined : args[at + 1];
    if (value) found.push(value.value);
  }
  return found;
}

function isBrowsers(s: Semantics, path: string, holder: Expr): boolean {
  return holderOf(wordsOf(s, s.evaluate(path, holder))) === 'browser';
}
