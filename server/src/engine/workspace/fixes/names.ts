/** Code of models and adapters as this file says it: names by its imports, holes filled in. */
import type { Span } from '../../base/span.js';
import type { CallExpr, NameExpr } from '../../ir/ir.js';
import type { IrNode } from '../../ir/walk.js';
import type { Edit } from './edit.js';
import type { Source } from './source.js';

/** Code with its `{{…}}` filled in, and the imports that it needs. */
export interface Filled {
  readonly code: string;
  readonly edits: readonly Edit[];
}

/** Fills in `{{module.name}}`, `{{:result}}` and `{{:receiver}}`; `undefined` where one is not known. */
export function fill(source: Source, template: string, call: CallExpr | undefined): Filled | undefined {
  const text = source.edits.restyle ? source.edits.restyle(template, source.text) : template;
  const known = new Map<string, string | undefined>();
  const missing = new Map<string, string[]>();
  for (const [, hole = ''] of text.matchAll(HOLE)) {
    if (known.has(hole)) continue;
    const [module, name] = splitHole(hole);
    const local = hole.startsWith(':') ? ownName(source, hole.slice(1), call) : localName(source, module, name);
    known.set(hole, local);
    if (local !== undefined) continue;
    if (hole.startsWith(':')) return undefined;
    missing.set(module, [...(missing.get(module) ?? []), name]);
  }
  const edits = [...missing].map(([module, names]): Edit => {
    const added = source.edits.addImport(source.index.file, source.text, module, names);
    names.forEach((name, i) => {
      known.set(`${module}.${name}`, added.locals[i]);
    });
    return { path: source.path, span: { start: added.at, end: added.at }, text: added.text, joins: true };
  });
  return { code: text.replace(HOLE, (_, hole: string) => known.get(hole) ?? ''), edits };
}

const HOLE = /\{\{([^}]+)\}\}/g;

function splitHole(hole: string): readonly [module: string, name: string] {
  const dot = hole.lastIndexOf('.');
  return [hole.slice(0, dot), hole.slice(dot + 1)];
}

/** What the file calls a module's name, if it imports the name or the module. */
function localName({ s, path, index }: Source, module: string, name: string): string | undefined {
  const ecosystem = s.project.ecosystem(path);
  let found: string | undefined;
  for (const binding of index.top.bindings.values()) {
    const isImport = binding.definitions.some(
      (d) => d.how === 'import' || d.value?.kind === 'module' || d.steps.length > 0,
    );
    if (!isImport) continue;
    const value = s.moduleValue(path, binding);
    if (value.kind !== 'external') continue;
    if (value.name === `${ecosystem}:${module}.${name}`) return binding.name;
    if (value.name === `${ecosystem}:${module}` || value.name === `${ecosystem}:${module}.default`)
      found ??= `${binding.name}.${name}`;
  }
  return found;
}

function ownName(source: Source, hole: string, call: CallExpr | undefined): string | undefined {
  if (!call) return undefined;
  if (hole === 'receiver') {
    const receiver = call.callee.kind === 'member' ? call.callee.object : undefined;
    return receiver && source.text.slice(receiver.span.start, receiver.span.end);
  }
  const holder = holderOf(source, call);
  if (hole === 'result' && holder && 'kind' in holder && holder.kind === 'let' && holder.target.kind === 'bind')
    return holder.target.name;
  return undefined;
}

function holderOf(source: Source, call: CallExpr): IrNode | undefined {
  return source.index.parentOf(call);
}

/** The imports that nothing else in the file uses but what these spans hold: they go with it. */
export function unusedImports(source: Source, gone: readonly Span[]): readonly Edit[] {
  const { index, text, path } = source;
  const edits: Edit[] = [];
  for (const binding of index.top.bindings.values()) {
    const definition = binding.definitions.length === 1 ? binding.definitions[0] : undefined;
    if (definition?.how !== 'import' || !definition.import || definition.import.local === '') continue;
    const uses = index.references(binding);
    if (uses.length === 0 || !uses.every((use) => isInside(use, gone))) continue;
    const { span } = definition.import;
    const start = text.lastIndexOf('\n', span.start - 1) + 1;
    const end = text.indexOf('\n', span.end);
    const line = text.slice(start, end === -1 ? undefined : end).trim();
    // Only what stands on a line of its own, alone.
    if (!/^(?:import\s+)?(?:[\w.]+\s+)?(?:"[^"]+"|[\w.]+)$/.test(line)) continue;
    edits.push({ path, span: { start, end: end === -1 ? text.length : end + 1 }, text: '' });
  }
  return edits;
}

function isInside(use: NameExpr, spans: readonly Span[]): boolean {
  return spans.some((span) => span.start <= use.span.start && use.span.end <= span.end);
}
