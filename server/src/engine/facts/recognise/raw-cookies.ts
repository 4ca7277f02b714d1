/** Cookies written as text: a `Set-Cookie` header put together by hand, and `document.cookie`. */
import type { Expr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import { ABSENT, UNKNOWN, type Value, alternatives } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';

export default defineRecogniser({
  name: 'raw-cookies',
  phase: 'file',
  *recognise(view) {
    const { index } = view;
    for (const write of index.memberWrites) {
      const { target } = write;
      if (target.kind !== 'member') continue;
      if (target.property === 'cookie' && isDocument(target.object))
        yield* written(view, write.node, target, write.value, 'script');
      else if (/^set-cookie$/i.test(target.property)) yield* written(view, write.node, target, write.value, 'header');
    }
    for (const expr of index.expressions) {
      if (expr.kind === 'record') {
        for (const entry of expr.entries)
          if (entry.key && /^set-cookie$/i.test(entry.key)) yield* written(view, expr, entry, entry.value, 'header');
      } else if (expr.kind === 'call') {
        const [first, second] = expr.args;
        if (
          first?.value.kind === 'literal' &&
          /^set-cookie$/i.test(String(first.value.value)) &&
          second &&
          !second.name
        )
          yield* written(view, expr, first.value, second.value, 'header');
        else if (expr.kind === 'call' && first?.value.kind === 'list' && first.value.items.length === 2) {
          const [key, value] = first.value.items;
          if (key?.value.kind === 'literal' && /^set-cookie$/i.test(String(key.value.value)) && value)
            yield* written(view, expr, key.value, value.value, 'header');
        }
      }
    }
  },
});

function isDocument(expr: Expr): boolean {
  return (expr.kind === 'name' && expr.name === 'document') || (expr.kind === 'member' && expr.property === 'document');
}

function* written(
  view: FileView,
  node: IrNode,
  at: { readonly span: Expr['span'] },
  expr: Expr,
  by: 'header' | 'script',
): Iterable<Fact> {
  const texts = expr.kind === 'list' ? expr.items.map((item) => item.value) : [expr];
  for (const text of texts) {
    for (const value of alternatives(view.s.evaluate(view.path, text))) {
      for (const one of value.kind === 'list' ? value.items : [value]) {
        const roles = rolesOf(one, by);
        if (!roles) continue;
        const fn = view.index.functionOf(node);
        yield {
          kind: 'CookieWrite',
          roles: withAbsent(roles),
          spans: {},
          at: { path: view.path, span: at.span },
          path: view.path,
          library: 'raw-cookies',
          node,
          ...(fn ? { fn } : {}),
        } as Fact;
      }
    }
  }
}

/** The roles that a header's text gives; `undefined` if it is no such text. Parts that are not known may hold attributes. */
function rolesOf(value: Value, by: 'header' | 'script'): Record<string, Value> | undefined {
  const parts = value.kind === 'concat' ? value.parts : [value];
  const first = parts[0];
  if (first?.kind === 'operation' || first?.kind === 'unknown') return undefined;
  const holes: Value[] = [];
  const text = parts
    .map((part) => {
      if (part.kind === 'literal') return String(part.value);
      holes.push(part);
      return `\uE000${holes.length - 1}\uE000`;
    })
    .join('');
  const [pair = '', ...attributes] = text.split(';').map((part) => part.trim());
  const equals = pair.indexOf('=');
  if (equals < 1) return undefined;
  const open = attributes.some((attribute) => attribute.startsWith('\uE000'));
  const valueIn = (piece: string): Value => {
    const hole = /\uE000(\d+)\uE000/.exec(piece);
    if (hole) return holes[Number(hole[1])] ?? UNKNOWN;
    return { kind: 'literal', value: piece };
  };
  const roles: Record<string, Value> = {
    name: valueIn(pair.slice(0, equals)),
    value: valueIn(pair.slice(equals + 1)),
    by: { kind: 'literal', value: by },
    op: { kind: 'literal', value: 'set' },
    httpOnly: open && by === 'header' ? UNKNOWN : { kind: 'literal', value: false },
    secure: open ? UNKNOWN : { kind: 'literal', value: false },
    sameSite: open ? UNKNOWN : ABSENT,
  };
  for (const attribute of attributes) {
    const [key = '', said = ''] = attribute.split('=').map((piece) => piece.trim());
    if (/^httponly$/i.test(key) && by === 'header') roles.httpOnly = { kind: 'literal', value: true };
    else if (/^secure$/i.test(key)) roles.secure = { kind: 'literal', value: true };
    else if (/^samesite$/i.test(key)) roles.sameSite = valueIn(said);
    else if (/^path$/i.test(key)) roles.path = valueIn(said);
    else if (/^domain$/i.test(key)) roles.domain = valueIn(said);
    else if (/^max-age$/i.test(key))
      roles.maxAge = /^-?\d+$/.test(said) ? { kind: 'literal', value: Number(said) } : valueIn(said);
    else if (/^expires$/i.test(key) && /1970/.test(said)) roles.maxAge = { kind: 'literal', value: 0 };
  }
  return roles;
}
