import type { Semantics } from '../../semantics/semantics.js';
import type { Value } from '../../semantics/value.js';
import { endpointsOf } from '../access/endpoints.js';
import { type Remark, judge } from '../access/judge.js';
import { partialTestsIn } from '../access/partial-tests.js';
import type { Fact } from '../kinds.js';
import { withAbsent } from '../recognise.js';
import { defineRecogniser } from '../recogniser.js';

const remarks = new WeakMap<Semantics, ReadonlyMap<string, readonly Fact[]>>();

/** What the table of endpoints says of each place: computed once for the workspace, handed out by file. */
export default defineRecogniser({
  name: 'access',
  phase: 'workspace',
  order: 50,
  recognise(view) {
    let known = remarks.get(view.s);
    if (!known) {
      const endpoints = endpointsOf(view.s, () => ({
        routes: view.all('Route'),
        bindings: view.all('GuardBinding'),
        mounts: view.all('RouterMount'),
      }));
      const byPath = new Map<string, Fact[]>();
      for (const remark of judge(view.s, endpoints)) {
        const list = byPath.get(remark.at.path) ?? [];
        list.push(factOf(remark));
        byPath.set(remark.at.path, list);
      }
      known = byPath;
      remarks.set(view.s, known);
    }
    const partial = partialTestsIn(view.s, view.path).map((t) =>
      factOf({ kind: 'PartialTest', at: t.at, roles: { of: t.of, form: t.form, text: t.text } }),
    );
    return [...(known.get(view.path) ?? []), ...partial];
  },
});

function factOf(remark: Remark): Fact {
  const roles: Record<string, Value> = {};
  for (const [role, plain] of Object.entries(remark.roles))
    roles[role] =
      typeof plain === 'object'
        ? { kind: 'list', items: plain.map((p): Value => ({ kind: 'literal', value: p })), open: false }
        : { kind: 'literal', value: plain };
  if (remark.related)
    roles.related = {
      kind: 'list',
      items: remark.related.map((place): Value => ({ kind: 'literal', value: '', place })),
      open: false,
    };
  return {
    kind: remark.kind,
    roles: withAbsent(roles),
    spans: {},
    at: remark.at,
    path: remark.at.path,
    library: 'access',
  } as Fact;
}
