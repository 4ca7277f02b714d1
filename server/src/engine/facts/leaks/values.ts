/** Which credentials a value holds, as its origin says: a token that was issued, a secret of the environment, a record's fields. */
import type { ClassIR, Expr } from '../../ir/ir.js';
import { type CredentialKind, credentialKind, headerKind } from '../../semantics/credential-kinds.js';
import { isSecretName } from '../../semantics/credential-names.js';
import type { Semantics } from '../../semantics/semantics.js';
import { externalBase } from '../../semantics/classes.js';
import { type Value, textOf } from '../../semantics/value.js';
import type { Fact } from '../kinds.js';
import type { Answer, Carried } from './carried.js';

const UNSEEN: Answer = { carried: [], known: false };

/** What a value holds. `known` when the whole value is known, so that names say no more. */
export function valueCarries(
  s: Semantics,
  issues: ReadonlyMap<unknown, Fact<'TokenIssue'>>,
  value: Value,
  shows: boolean,
  depth = 5,
): Answer {
  if (depth === 0) return UNSEEN;
  const inside = (v: Value) => valueCarries(s, issues, v, shows, depth - 1);
  switch (value.kind) {
    case 'oneOf': {
      const answers = value.values.map(inside);
      return { carried: answers.flatMap((a) => a.carried), known: answers.every((a) => a.known) };
    }
    case 'concat': {
      const answers = value.parts.map(inside);
      return { carried: answers.flatMap((a) => a.carried), known: answers.every((a) => a.known) };
    }
    case 'literal':
    case 'absent':
    case 'derived':
    case 'moment':
    case 'duration':
    case 'regex':
      return { carried: [], known: true };
    case 'result':
    case 'call': {
      const issue = issues.get(value.site.call);
      return issue ? { carried: [{ kind: issuedKind(issue) }], known: true } : UNSEEN;
    }
    case 'element':
      // The first of several results: `signed, err := token.SignedString(key)`.
      return value.index.kind === 'literal' && value.index.value === 0 ? inside(value.object) : UNSEEN;
    case 'environment':
      return value.name && isSecretName(value.name)
        ? { carried: [{ kind: credentialKind(value.name) ?? 'signing key' }], known: true }
        : { carried: [], known: value.name !== undefined };
    case 'external':
      return value.name === 'environment' || /(?:process\.env|os\.environ)$/.test(value.name)
        ? { carried: shows ? [{ kind: 'signing key', carrier: 'the environment' }] : [], known: true }
        : UNSEEN;
    case 'record':
      return shows ? recordCarries(value, inside) : UNSEEN;
    case 'instance':
      return shows ? { carried: classCarries(s, value.cls, value.path, 0), known: false } : UNSEEN;
    default:
      return UNSEEN;
  }
}

function recordCarries(value: Extract<Value, { kind: 'record' }>, inside: (v: Value) => Answer): Answer {
  const carried: Carried[] = [];
  for (const [key, field] of value.fields) {
    const answer = inside(field);
    if (answer.carried.length > 0)
      carried.push(...answer.carried.map((c) => ({ ...c, carrier: c.carrier ?? 'the object', key })));
    else if (!answer.known && field.kind !== 'function') {
      const kind = key === 'cookie' ? undefined : headerKind(key);
      if (kind) carried.push({ kind, carrier: 'the object', key });
    }
  }
  return {
    carried,
    known:
      carried.length > 0
        ? false
        : !value.open && value.fields.size > 0 && [...value.fields.values()].every((f) => inside(f).known),
  };
}

/** The credential fields of a class whose instances print their fields: models, data classes, plain objects. */
function classCarries(s: Semantics, cls: ClassIR, path: string, depth: number): readonly Carried[] {
  if (depth > 4 || saysItself(s, cls, path)) return [];
  if (s.project.ecosystem(path) === 'pypi' && !printsFields(s, cls, path)) return [];
  const own = cls.fields.flatMap((field): Carried[] => {
    const kind = hidden(field.type, field.value) ? undefined : credentialKind(field.name);
    return kind ? [{ kind, carrier: `\`${cls.name}\``, key: field.name }] : [];
  });
  const inherited = cls.bases.flatMap((base) => {
    const value = s.evaluate(path, base);
    return value.kind === 'class' ? classCarries(s, value.cls, value.path, depth + 1) : [];
  });
  return [...own, ...inherited];
}

/** Whether a class writes its own text: what that shows is not told by its fields. */
export function saysItself(s: Semantics, cls: ClassIR, path: string): boolean {
  const own = /^(?:String|GoString|LogValue|Format|MarshalLogObject|toJSON|__repr__|__str__|__repr_args__)$/;
  return (
    cls.methods.some((m) => own.test(m.name)) ||
    s.index(path).functions.some((fn) => fn.receiver === cls.name && own.test(fn.name))
  );
}

function printsFields(s: Semantics, cls: ClassIR, path: string): boolean {
  if (cls.decorators.some((d) => /dataclass|attrs|define/.test(lastName(d.value)))) return true;
  const base = externalBase(s, cls, path);
  return base !== undefined && /(?:BaseModel|BaseSettings|SQLModel|TypedDict|NamedTuple|Schema|Struct)$/.test(base);
}

/** `SecretStr`, `field(repr=False)`: a field that does not print itself. */
function hidden(type: Expr | undefined, value: Expr | undefined): boolean {
  if (type && /Secret/.test(lastName(type))) return true;
  return (
    value?.kind === 'call' &&
    value.args.some(
      (a) =>
        (a.name === 'repr' || a.name === 'exclude') &&
        a.value.kind === 'literal' &&
        a.value.value === (a.name === 'exclude'),
    )
  );
}

function lastName(expr: Expr): string {
  switch (expr.kind) {
    case 'name':
      return expr.name;
    case 'member':
      return expr.property;
    case 'call':
      return lastName(expr.callee);
    case 'index':
      return lastName(expr.index.kind === 'name' ? expr.index : expr.object);
    case 'binary':
      return lastName(expr.left);
    default:
      return '';
  }
}

function issuedKind(issue: Fact<'TokenIssue'>): CredentialKind {
  switch (textOf(issue.roles.use)) {
    case 'refresh':
      return 'refresh token';
    case 'id':
      return 'ID token';
    case 'session':
      return 'session token';
    case 'reset':
    case 'verification':
    case 'email':
      return 'one-time token';
    default:
      return 'access token';
  }
}
