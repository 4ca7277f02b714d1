/** Import declarations. */
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { type Context, textOf } from './context.js';
import { stringText } from './literals.js';

/** `import "a/b"`, alone or in a group. */
export function collectImports(ctx: Context, node: SyntaxNode): void {
  for (const part of namedChildren(node)) {
    if (part.type === 'import_spec_list') collectImports(ctx, part);
    if (part.type === 'import_spec') collectImport(ctx, part);
  }
}

/** `import . "a"` imports every name; `import _ "a"` only runs the package. */
function collectImport(ctx: Context, node: SyntaxNode): void {
  const path = child(node, 'path');
  if (path === undefined) return;
  const specifier = stringText(ctx, path);
  const span = spanOf(node);
  const name = child(node, 'name');
  if (name?.type === 'dot') ctx.imports.push({ span, specifier, local: '', imported: '*' });
  else if (name?.type === 'blank_identifier') ctx.imports.push({ span, specifier, local: '', imported: '' });
  else {
    const local = name === undefined ? packageName(specifier) : textOf(ctx, name);
    ctx.imports.push({ span, specifier, local, imported: '*' });
  }
}

/**
 * The name that a package most likely has: the last part of its path without a version, and without what says that it is
 * Go (`go-redis`, `jwt-go`, `nats.go`, `yaml.v3`). A package may call itself otherwise; then people write an alias.
 */
export function packageName(path: string): string {
  const parts = path.split('/');
  const isVersion = parts.length > 1 && /^v\d+$/.test(parts.at(-1) ?? '');
  const last = parts.at(isVersion ? -2 : -1) ?? path;
  const bare = last
    .replace(/\.v\d+$/, '')
    .replace(/^go(lang)?[-.]/, '')
    .replace(/[-.]go$/, '');
  return bare.replace(/[^\p{L}\p{N}_]/gu, '');
}
