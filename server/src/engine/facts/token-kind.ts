/**
 * What a value is among the things that a login hands out: by where it came from first, by its name last. Shared by the
 * recognisers of storage, responses, refreshes and logouts.
 */
import type { Expr } from '../ir/ir.js';
import type { Semantics } from '../semantics/semantics.js';
import { type NamedCredential, credentialNamed, wordsOf } from '../semantics/names-of-things.js';
import { type Value, directParts, textOf } from '../semantics/value.js';
import type { Fact } from './kinds.js';

/** The token issues of a workspace, by the node of the call. */
export type IssueByNode = ReadonlyMap<unknown, Fact<'TokenIssue'>>;

/** Token issues by their node. */
export function issuesByNode(issues: readonly Fact<'TokenIssue'>[]): IssueByNode {
  return new Map(issues.map((issue) => [issue.node, issue]));
}

/** What a value carries, as its origin says: a token that was issued, a field of a token response, a named parameter. */
export function credentialIn(s: Semantics, issues: IssueByNode, value: Value, depth = 7): NamedCredential | undefined {
  if (depth === 0) return undefined;
  const inside = (v: Value) => credentialIn(s, issues, v, depth - 1);
  switch (value.kind) {
    case 'result':
    case 'call': {
      const issue = issues.get(value.site.call);
      if (issue) return issueKind(issue);
      const callee = value.site.call.callee;
      const name = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
      return credentialMadeBy(name);
    }
    case 'member':
      return credentialNamed(value.property) ?? (plainMembers.has(value.property) ? inside(value.object) : undefined);
    case 'parameter':
      return credentialNamed(value.name);
    case 'element':
      return textOf(value.index) !== undefined ? credentialNamed(textOf(value.index) as string) : inside(value.object);
    case 'record': {
      const keys = [...value.fields].map(([key, field]) => (isPlain(field) ? undefined : credentialNamed(key)));
      return strongest(
        [...keys, ...value.fields.values(), ...value.spreads].map((v) => (typeof v === 'object' ? inside(v) : v)),
      );
    }
    case 'derived':
    case 'environment':
      return undefined;
    default:
      return strongest(directParts(value).map(inside));
  }
}

const plainMembers = new Set([
  'value',
  'data',
  'token',
  'tokens',
  'result',
  'toString',
  'raw',
  'current',
  'access',
  'body',
]);

/** Whether nothing secret can be in a value: a literal, or nothing. */
export function isPlain(value: Value): boolean {
  return value.kind === 'literal' || value.kind === 'absent' || (value.kind === 'oneOf' && value.values.every(isPlain));
}

function strongest(kinds: readonly (NamedCredential | undefined)[]): NamedCredential | undefined {
  return ORDER.find((kind) => kinds.includes(kind));
}

const ORDER: readonly NamedCredential[] = ['refresh', 'access', 'id', 'session', 'flow', 'csrf'];

function issueKind(issue: Fact<'TokenIssue'>): NamedCredential {
  const use = textOf(issue.roles.use);
  return use === 'refresh' || use === 'id' || use === 'session' ? use : 'access';
}

/** What a function with this name makes: `generateRefreshToken`, `sign_access_token`, `createSession`. */
export function credentialMadeBy(name: string): NamedCredential | undefined {
  const words = wordsOf(name);
  const verb = /^(?:create|generate|issue|make|sign|mint|new|build|encode|gen|get|refresh|rotate|start|sealed|seal)$/;
  const rest = words.filter((word, i) => !(i === 0 && verb.test(word)));
  return rest.length > 0 && rest.length <= 3 ? credentialNamed(rest.join('_')) : undefined;
}

/** What an expression's own words say: the name of a variable, a property, the function that was called. */
export function credentialWritten(expr: Expr | undefined): NamedCredential | undefined {
  if (!expr) return undefined;
  switch (expr.kind) {
    case 'name':
      return credentialNamed(expr.name);
    case 'member':
      return (
        credentialNamed(expr.property) ?? (plainMembers.has(expr.property) ? credentialWritten(expr.object) : undefined)
      );
    case 'unary':
      return credentialWritten(expr.operand);
    case 'call': {
      const callee = expr.callee;
      const made = credentialMadeBy(
        callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '',
      );
      return made ?? (expr.args.length === 1 ? credentialWritten(expr.args[0]?.value) : undefined);
    }
    case 'concat':
      return strongest(expr.parts.map((part) => credentialWritten(part)));
    case 'binary':
      return strongest([credentialWritten(expr.left), credentialWritten(expr.right)]);
    case 'record':
      return strongest(
        expr.entries.map((e) =>
          e.value.kind === 'literal'
            ? undefined
            : ((e.key ? credentialNamed(e.key) : undefined) ?? credentialWritten(e.value)),
        ),
      );
    default:
      return undefined;
  }
}
