/** What a class of the workspace is by its bases: a settings class, an injected service, a library's type. */
import type { ClassIR, Expr, Field } from '../ir/ir.js';
import { annotationOf } from './types.js';
import type { Semantics } from './semantics.js';
import { ABSENT, type Value, booleanOf, isAbsent, textOf } from './value.js';

/** The library base of a class, looked for through its workspace bases. */
export function externalBase(s: Semantics, cls: ClassIR, path: string, depth = 0): string | undefined {
  if (depth > 5) return undefined;
  for (const base of cls.bases) {
    const value = s.evaluate(path, base);
    if (value.kind === 'external') return value.name;
    // `extends PassportStrategy(Strategy)`: the call's name is the base.
    if (value.kind === 'result') return value.callee;
    if (value.kind === 'class' && value.cls !== cls) {
      const inherited = externalBase(s, value.cls, value.path, depth + 1);
      if (inherited) return inherited;
    }
  }
  return undefined;
}

/** The value of a bare field of a settings class (`class Settings(BaseSettings): secret_key: str`). */
export function settingsField(s: Semantics, cls: ClassIR, path: string, field: Field): Value | undefined {
  const base = externalBase(s, cls, path);
  if (!base || s.project.knowledge.base(base)?.fields !== 'environment') return undefined;
  const place = { path, span: field.nameSpan };
  const name = environmentName(s, cls, path, field.name);
  let fallback: Value | undefined = field.value ? s.evaluate(path, field.value) : undefined;
  if (fallback && field.value?.kind === 'call') {
    // `Field(default=…, min_length=…)`, `Field(...)`
    const site = { path, call: field.value, frame: undefined };
    const given = s.access(site, 'named default|arg 0').value;
    fallback = given.kind === 'absent' || isAbsent(given) ? undefined : given.kind === 'operation' ? undefined : given;
  }
  if (fallback?.kind === 'operation') fallback = undefined;
  if (fallback && booleanOf(fallback) === undefined && isAbsent(fallback)) {
    return { kind: 'environment', name, fallback: undefined, checked: false, place };
  }
  return { kind: 'environment', name, fallback, checked: fallback === undefined, place };
}

function environmentName(s: Semantics, cls: ClassIR, path: string, field: string): string {
  let prefix = '';
  for (const candidate of cls.fields) {
    if (candidate.name !== 'model_config' || !candidate.value) continue;
    if (candidate.value.kind === 'call') {
      prefix = textOf(s.access({ path, call: candidate.value, frame: undefined }, 'named env_prefix').value) ?? '';
    }
  }
  return (prefix + field).toUpperCase();
}

/** What a field or parameter of that declared type holds: an instance of a workspace class, or an object of a library's type. */
export function isPublicField(s: Semantics, path: string, type: Expr): Value | undefined {
  const annotation = annotationOf(s, path, type, 0);
  return annotation.value;
}

export { ABSENT };
