/** State of a page that a library writes to the browser's storage by itself: which of its fields hold tokens. */
import type { Expr, FunctionIR } from '../../ir/ir.js';
import { returnsOf } from '../../semantics/calls.js';
import { credentialNamed } from '../../semantics/names-of-things.js';
import { type Value, alternatives } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import { calleeSpan, withAbsent } from '../recognise.js';
import { type FileView, defineRecogniser } from '../recogniser.js';
import { calledName } from '../token-estate.js';

export default defineRecogniser({
  name: 'persisted-state',
  phase: 'file',
  *recognise(view) {
    for (const call of view.index.calls) {
      const name = calledName(call);
      if (name !== 'persist' && name !== 'defineStore') continue;
      const options = call.args
        .map((a) => a.value)
        .filter((e): e is Extract<Expr, { kind: 'record' }> => e.kind === 'record');
      if (name === 'persist' && (call.args.length < 2 || options.length === 0)) continue;
      const settings =
        name === 'persist'
          ? options.at(-1)
          : recordOf(options.flatMap((o) => o.entries).find((e) => e.key === 'persist')?.value);
      if (
        name === 'defineStore' &&
        !options.some((o) =>
          o.entries.some((e) => e.key === 'persist' && !(e.value.kind === 'literal' && e.value.value === false)),
        )
      )
        continue;
      const medium = mediumOf(view, settings);
      if (!medium) continue;
      const kept = fieldsKept(
        view,
        call.args.map((a) => a.value),
        settings,
      );
      const kinds = kept
        .map((field) => credentialNamed(field))
        .filter((kind) => kind === 'refresh' || kind === 'access');
      if (kinds.length === 0) continue;
      const literal = (value: string): Value => ({ kind: 'literal', value });
      yield {
        kind: 'TokenStore',
        roles: withAbsent({
          medium: literal(medium),
          tokenKind: literal(kinds.includes('refresh') ? 'refresh' : 'access'),
          form: literal('clear'),
          by: literal('code'),
          key: literal(kept.find((field) => credentialNamed(field) !== undefined) ?? ''),
        }),
        spans: {},
        at: { path: view.path, span: calleeSpan(call) },
        path: view.path,
        library: 'persisted-state',
        node: call,
      } as unknown as Fact;
    }
  },
});

function recordOf(expr: Expr | undefined): Extract<Expr, { kind: 'record' }> | undefined {
  return expr?.kind === 'record' ? expr : undefined;
}

/** Where the state goes: `localStorage` unless the options name another store; nothing where that is not known. */
function mediumOf(view: FileView, settings: Extract<Expr, { kind: 'record' }> | undefined): string | undefined {
  const storage = settings?.entries.find((e) => e.key === 'storage' || e.key === 'getStorage')?.value;
  if (!storage) return 'webLocal';
  const text = JSON.stringify(storage);
  if (/"(?:name|property)":"localStorage"/.test(text)) return 'webLocal';
  if (/"(?:name|property)":"sessionStorage"/.test(text)) return 'webSession';
  if (/"name":"AsyncStorage"/.test(text)) return 'devicePlain';
  void view;
  return undefined;
}

/** The fields of the state that are written: those that `partialize` (or a list) picks, or all. */
function fieldsKept(
  view: FileView,
  args: readonly Expr[],
  settings: Extract<Expr, { kind: 'record' }> | undefined,
): readonly string[] {
  const narrowed = settings?.entries.find((e) => e.key === 'partialize')?.value;
  if (narrowed) return narrowed.kind === 'lambda' ? fieldsReturned(view, narrowed.function) : [];
  const list = settings?.entries.find((e) => e.key === 'pick' || e.key === 'paths')?.value;
  if (list?.kind === 'list')
    return list.items.flatMap((i) => (i.value.kind === 'literal' ? [String(i.value.value)] : []));
  const found: string[] = [];
  for (const arg of args) {
    if (arg.kind === 'lambda') found.push(...fieldsReturned(view, arg.function));
    if (arg.kind === 'record') {
      const state = arg.entries.find((e) => e.key === 'state')?.value;
      if (state?.kind === 'lambda') found.push(...fieldsReturned(view, state.function));
    }
  }
  return found;
}

function fieldsReturned(view: FileView, fn: FunctionIR): readonly string[] {
  return returnsOf(fn).flatMap((expr) => {
    if (!expr) return [];
    return alternatives(view.s.evaluate(view.path, expr)).flatMap((v) =>
      v.kind === 'record' ? [...v.fields.keys()] : [],
    );
  });
}
