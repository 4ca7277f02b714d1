/** Calls of providers' APIs, by the addresses and the SDKs that code names. */
import type { CallExpr, Expr } from '../../ir/ir.js';
import type { FileIndex } from '../../semantics/file-index.js';
import type { Family } from './scope-levels.js';

export interface Use {
  readonly family: Family;
  readonly effect: 'reads' | 'writes';
  readonly node: Expr;
}

const ADDRESSES: readonly (readonly [RegExp, Family])[] = [
  [/api\.github\.com\/user(?:\/emails)?\/?(?:$|\?)/, 'identity'],
  [/api\.github\.com\/(?:repos|user\/repos|search|graphql|orgs\/[^/]*\/repos)/, 'repositories'],
  [/api\.github\.com\/gists/, 'gists'],
  [/api\.github\.com\/(?:orgs|user\/orgs|user\/memberships)/, 'organisation'],
  [/\/userinfo(?:$|[/?])|\/oauth2\/v\d\/userinfo|openidconnect\.googleapis\.com|people\/me(?:$|\?)/, 'identity'],
  [/gmail\.googleapis\.com|googleapis\.com\/gmail/, 'mail'],
  [/sheets\.googleapis\.com|docs\.googleapis\.com|slides\.googleapis\.com/, 'sheets'],
  [/googleapis\.com\/(?:upload\/)?drive/, 'files'],
  [/googleapis\.com\/calendar/, 'calendar'],
  [/people\.googleapis\.com/, 'contacts'],
  [/googleapis\.com\/youtube|photoslibrary|tasks\.googleapis/, 'video'],
  [/graph\.microsoft\.com\/(?:v1\.0|beta)\/me\/?(?:$|\?)|graph\.microsoft\.com\/oidc/, 'identity'],
  [/graph\.microsoft\.com\/\S*\/(?:messages|mailFolders|sendMail)/i, 'mail'],
  [/graph\.microsoft\.com\/\S*\/drive/i, 'files'],
  [/graph\.microsoft\.com\/\S*\/(?:events|calendar)/i, 'calendar'],
  [/graph\.microsoft\.com\/\S*\/(?:users|groups|directory)/i, 'directory'],
  [/discord(?:app)?\.com\/api(?:\/v\d+)?\/users\/@me\/?(?:$|\?)/, 'identity'],
  [/discord(?:app)?\.com\/api\S*\/(?:guilds|channels)/, 'chat'],
  [/gitlab\S*\/api\/v4\/user\/?(?:$|\?)/, 'identity'],
  [/gitlab\S*\/api\/v4\/projects/, 'repositories'],
  [/slack\.com\/api\/(?:users\.identity|openid)/, 'identity'],
  [/slack\.com\/api\/(?:chat|conversations|channels)/, 'chat'],
  [/api\.spotify\.com\/v1\/me\/?(?:$|\?)/, 'identity'],
  [/api\.spotify\.com\/v1/, 'music'],
  [/graph\.facebook\.com\/(?:v[\d.]+\/)?me/, 'identity'],
];

const SDK: readonly (readonly [RegExp, Family])[] = [
  [/(?:^|\.)google\.drive$|^drive\.(?:files|changes)/, 'files'],
  [/(?:^|\.)google\.gmail$|^gmail\.users/, 'mail'],
  [/(?:^|\.)google\.calendar$|^calendar\.(?:events|calendarList)/, 'calendar'],
  [/(?:^|\.)google\.(?:sheets|docs|slides)$|^sheets\.spreadsheets/, 'sheets'],
  [/(?:^|\.)google\.people$/, 'contacts'],
  [/(?:^|\.)google\.youtube$/, 'video'],
  [/(?:^|\.)google\.oauth2$/, 'identity'],
  [/octokit\.(?:rest\.)?users\.getAuthenticated$/, 'identity'],
  [
    /octokit\.(?:rest\.)?(?:repos|issues|pulls|git|actions|contents)\.|octokit\.paginate$|octokit\.graphql$|\.get_repos?$/,
    'repositories',
  ],
];
const BUILDS: Readonly<Record<string, Family>> = {
  drive: 'files',
  gmail: 'mail',
  calendar: 'calendar',
  sheets: 'sheets',
  docs: 'sheets',
  people: 'contacts',
  youtube: 'video',
  oauth2: 'identity',
};

/** The uses of providers' APIs that a file shows. */
export function apiUses(index: FileIndex): readonly Use[] {
  const found: Use[] = [];
  for (const expr of index.expressions) {
    const text =
      expr.kind === 'literal' && typeof expr.value === 'string'
        ? expr.value
        : expr.kind === 'concat'
          ? sayConcat(expr)
          : undefined;
    if (
      text !== undefined &&
      text.length < 300 &&
      /^https?:\/\//.test(text) &&
      !/\/auth\/|\/token\b|authorize|revoke/.test(text)
    ) {
      const parent = index.parentOf(expr);
      if (parent && 'kind' in parent && parent.kind === 'concat') continue;
      const row = ADDRESSES.find(([pattern]) => pattern.test(text));
      if (row) found.push({ family: row[1], effect: effectAround(index, expr), node: expr });
    }
    if (expr.kind !== 'call') continue;
    const name = sayCallee(expr.callee);
    const row = SDK.find(([pattern]) => pattern.test(name));
    if (row) found.push({ family: row[1], effect: sdkEffect(index, name, row[1]), node: expr });
    const first = expr.args[0]?.value;
    if (/(?:^|\.)build$/.test(name) && first?.kind === 'literal' && BUILDS[String(first.value)])
      found.push({
        family: BUILDS[String(first.value)] as Family,
        effect: sdkEffect(index, name, 'files'),
        node: expr,
      });
  }
  return found;
}

function sayConcat(expr: Extract<Expr, { kind: 'concat' }>): string {
  return expr.parts.map((p) => (p.kind === 'literal' ? String(p.value) : 'x')).join('');
}

function sayCallee(expr: Expr): string {
  if (expr.kind === 'member') return `${sayCallee(expr.object)}.${expr.property}`;
  if (expr.kind === 'call') return sayCallee(expr.callee);
  return expr.kind === 'name' ? expr.name : '';
}

/** Whether the request around an address writes: by its method, or the call that sends it. */
function effectAround(index: FileIndex, expr: Expr): Use['effect'] {
  let current = index.parentOf(expr);
  for (let i = 0; current && 'kind' in current && i < 4; i++) {
    if (current.kind === 'call') return writesBy(current) ? 'writes' : 'reads';
    if (current.kind === 'let' && current.target.kind === 'bind') {
      // The address has a name: whoever is given it.
      const binding = index.lookup(current.target.name, current);
      const users = binding ? index.references(binding).map((r) => index.parentOf(r)) : [];
      return users.some((u) => u && 'kind' in u && u.kind === 'call' && writesBy(u)) ? 'writes' : 'reads';
    }
    current = index.parentOf(current);
  }
  return 'reads';
}

function writesBy(call: CallExpr): boolean {
  const name = sayCallee(call.callee);
  if (/\.(?:post|put|patch|delete)$/i.test(name)) return true;
  for (const a of call.args) {
    if (a.value.kind !== 'record') continue;
    const method = a.value.entries.find((e) => e.key === 'method')?.value;
    if (method?.kind === 'literal' && /^(?:post|put|patch|delete)$/i.test(String(method.value))) return true;
  }
  return false;
}

/** An SDK's client writes if some call in the file has a verb that writes. */
function sdkEffect(index: FileIndex, name: string, family: Family): Use['effect'] {
  void family;
  if (
    /\.(?:create|update|delete|insert|send|append|patch|merge|add\w*|remove\w*|batchUpdate|createOrUpdate\w*)$/.test(
      name,
    )
  )
    return 'writes';
  return index.calls.some(
    (c) =>
      c.callee.kind === 'member' &&
      /^(?:create|update|delete|insert|send|append|patch|batchUpdate|createOrUpdateFileContents|trash|copy|modify)$/.test(
        c.callee.property,
      ) &&
      /files|events|messages|values|spreadsheets|drafts|repos|issues|pulls|contents|permissions|documents/.test(
        sayCallee(c.callee),
      ),
  )
    ? 'writes'
    : 'reads';
}
