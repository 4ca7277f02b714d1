/** Which credentials a file handles: in variables, fields, keys and headers. One fact for each kind, at its first place. */
import type { Expr } from '../../ir/ir.js';
import type { Span } from '../../base/span.js';
import { type CredentialKind, credentialKind, headerKind } from '../../semantics/credential-kinds.js';
import { bindPattern } from '../../semantics/file-index.js';
import { withAbsent } from '../recognise.js';
import { defineRecogniser } from '../recogniser.js';

export default defineRecogniser({
  name: 'credential',
  phase: 'file',
  *recognise({ path, index, s, facts }) {
    const found = new Map<CredentialKind, { name: string; span: Span }>();
    const add = (kind: CredentialKind | undefined, name: string, span: Span) => {
      const known = kind && found.get(kind);
      if (kind && (!known || span.start < known.span.start)) found.set(kind, { name, span });
    };
    for (const expr of index.expressions) {
      if (isCallee(index.parentOf(expr), expr)) continue;
      if (expr.kind === 'member')
        add(
          /headers?$/i.test(lastName(expr.object)) ? headerKind(expr.property) : credentialKind(expr.property),
          expr.property,
          expr.span,
        );
      else if (expr.kind === 'name' && !/^[A-Z][a-z]/.test(expr.name))
        add(credentialKind(expr.name), expr.name, expr.span);
      else if (expr.kind === 'record') {
        for (const entry of expr.entries)
          if (entry.key && entry.keySpan) add(headerKind(entry.key), entry.key, entry.keySpan);
      } else if (expr.kind === 'call') {
        const first = expr.args[0]?.value;
        const name = lastName(expr.callee);
        if (
          first?.kind === 'literal' &&
          typeof first.value === 'string' &&
          /get|header|cookie|env|query|param|form|item/i.test(name)
        )
          add(
            /header/i.test(name) || /header/i.test(expr.callee.kind === 'member' ? lastName(expr.callee.object) : '')
              ? headerKind(first.value)
              : credentialKind(first.value),
            first.value,
            first.span,
          );
      }
    }
    for (const fn of index.functions)
      for (const param of fn.params)
        bindPattern(param.target, [], (name) => add(credentialKind(name), name, param.span));
    for (const stmt of index.statements)
      if (stmt.kind === 'let')
        bindPattern(stmt.target, [], (name) => add(credentialKind(name), name, stmt.target.span));
    for (const cls of index.classes)
      for (const field of cls.fields) add(credentialKind(field.name), field.name, field.nameSpan);
    for (const fact of [...facts('TokenIssue'), ...facts('TokenVerify'), ...facts('TokenDecode')])
      if (found.size === 0) add('token', 'token', fact.at.span);
    for (const [kind, { name, span }] of found) {
      yield {
        kind: 'Credential',
        roles: withAbsent({ kind: { kind: 'literal', value: kind }, name: { kind: 'literal', value: name } }) as never,
        spans: {},
        at: { path, span },
        path,
        library: 'credential',
      };
    }
    void s;
  },
});

function isCallee(parent: unknown, expr: Expr): boolean {
  return typeof parent === 'object' && parent !== null && 'callee' in parent && parent.callee === expr;
}

function lastName(expr: Expr): string {
  return expr.kind === 'name' ? expr.name : expr.kind === 'member' ? expr.property : '';
}
