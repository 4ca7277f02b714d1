/** Login forms that are only shaped like the password grant: a parameter of the framework's form type. */
import type { Expr } from '../../ir/ir.js';
import type { Fact } from '../kinds.js';
import { defineRecogniser } from '../recogniser.js';
import { withAbsent } from '../recognise.js';

const FORM = /^OAuth2PasswordRequestForm(?:Strict)?$/;

export default defineRecogniser({
  name: 'credential-form',
  phase: 'file',
  *recognise({ index, path }) {
    for (const fn of index.functions) {
      const param = fn.params.find((p) => p.type && namesForm(p.type));
      if (!param) continue;
      yield {
        kind: 'CredentialForm',
        roles: withAbsent({ checkedAgainst: { kind: 'literal', value: 'ownStore' } }),
        spans: {},
        at: { path, span: param.target.span },
        path,
        library: 'by hand',
        node: fn,
        fn,
      } as Fact;
    }
  },
});

function namesForm(type: Expr): boolean {
  if (type.kind === 'name') return FORM.test(type.name);
  if (type.kind === 'member') return FORM.test(type.property);
  if (type.kind === 'index') return namesForm(type.object) || namesForm(type.index);
  return type.kind === 'list' && type.items.some((item) => namesForm(item.value));
}
