/** Import statements. They leave no statement behind: what they bind is listed by the item, wherever they stand. */
import { child, namedChildren, spanOf, type SyntaxNode } from '../../syntax/read.js';
import { type Context, textOf, childrenIn } from './context.js';

/** `import a.b.c` binds `a`, and loads the submodule; `import a.b as c` binds the submodule. */
export function collectImport(ctx: Context, node: SyntaxNode): void {
  for (const name of childrenIn(node, 'name')) {
    const alias = child(name, 'alias');
    const specifier = dotted(ctx, child(name, 'name') ?? name);
    const span = spanOf(name);
    if (alias !== undefined) {
      ctx.imports.push({ span, specifier, local: textOf(ctx, alias), imported: '*' });
      continue;
    }
    const [root = specifier] = specifier.split('.');
    ctx.imports.push({ span, specifier: root, local: root, imported: '*' });
    if (root !== specifier) ctx.imports.push({ span, specifier, local: '', imported: '' });
  }
}

/** `from a import b as c`, `from . import d`, `from a import *`. */
export function collectImportFrom(ctx: Context, node: SyntaxNode): void {
  const moduleName = child(node, 'module_name');
  const specifier = moduleName === undefined ? '__future__' : dotted(ctx, moduleName);
  const star = namedChildren(node).find((part) => part.type === 'wildcard_import');
  if (star !== undefined) ctx.imports.push({ span: spanOf(star), specifier, local: '', imported: '*' });
  for (const name of childrenIn(node, 'name')) {
    const imported = dotted(ctx, child(name, 'name') ?? name);
    const alias = child(name, 'alias');
    const local = alias === undefined ? imported : textOf(ctx, alias);
    ctx.imports.push({ span: spanOf(name), specifier, local, imported });
  }
}

/** The written path without spaces: `. models` is `.models`. */
function dotted(ctx: Context, node: SyntaxNode): string {
  return textOf(ctx, node).replace(/[\s\\]+/g, '');
}
