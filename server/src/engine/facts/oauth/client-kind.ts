/** Where a file's code runs: on a server, or in something that the user downloads. Decided once for each file. */
import type { Span } from '../../base/span.js';
import type { FileIndex } from '../../semantics/file-index.js';
import type { Value } from '../../semantics/value.js';

export type ClientKind = 'browser' | 'mobile' | 'desktop' | 'cli' | 'server' | 'worker' | 'unknown';

/** Modules that exist in one kind of program only. The first match decides. */
const MODULES: readonly (readonly [ClientKind, RegExp])[] = [
  ['mobile', /^(?:expo(?:-|$)|react-native|@react-native|@expo\/|nativescript|@capacitor\/|@ionic\/)/],
  ['desktop', /^(?:electron(?:$|\/|-)|@tauri-apps\/|tkinter|PyQt\d|PySide\d|wx$|customtkinter)/],
  [
    'server',
    /^(?:express|fastify|@fastify\/|koa|@koa\/|hapi|@hapi\/|hono|@hono\/|h3$|next\/(?:server|headers)|next-auth|@nestjs\/|@sveltejs\/kit|@remix-run\/(?:node|cloudflare|server)|astro:|flask|fastapi|starlette|django|tornado|aiohttp\.web|sanic|bottle|quart|litestar|falcon|pyramid|cherrypy|passport|express-session|cookie-session|iron-session|cookie-parser|github\.com\/gin-gonic|github\.com\/labstack\/echo|github\.com\/gofiber|github\.com\/go-chi|github\.com\/gorilla\/(?:mux|sessions)|\$app\/server|\$env\/(?:static|dynamic)\/private|#imports|nitropack)/,
  ],
  [
    'browser',
    /^(?:react(?:-dom|-router(?:-dom)?)?$|vue(?:-router)?$|pinia$|svelte(?:\/|$)|solid-js|preact|@angular\/|@auth0\/auth0-(?:spa-js|react|vue|angular)|oidc-client(?:-ts)?$|react-oidc-context|@azure\/msal-(?:browser|react|angular)|keycloak-js|angular-oauth2-oidc|@react-oauth\/google|@okta\/okta-(?:react|vue|auth-js)|next\/navigation|next\/router|\$app\/navigation|webextension-polyfill)/,
  ],
  [
    'cli',
    /^(?:commander|yargs|@oclif\/|cac$|inquirer|ora$|open$|click|typer|argparse|fire$|github\.com\/spf13\/cobra|github\.com\/urfave\/cli|webbrowser|github\.com\/pkg\/browser)/,
  ],
];

const BROWSER_GLOBALS = /^(?:window|document|localStorage|sessionStorage|navigator|history)$/;

/** The kind of client that a file is, as a value whose place is the evidence. */
export function clientKindOf(index: FileIndex): Value {
  const say = (kind: ClientKind, span: Span | undefined): Value => ({
    kind: 'literal',
    value: kind,
    ...(span ? { place: { path: index.file.path, span } } : {}),
  });
  const path = index.file.path;
  const imported = (kind: ClientKind) => {
    const pattern = MODULES.find(([k]) => k === kind)?.[1];
    return (
      index.imports.find((i) => !i.typeOnly && pattern?.test(i.specifier.replace(/^node:/, ''))) ??
      requiredBy(index, pattern)
    );
  };
  for (const kind of ['mobile', 'desktop'] as const) {
    const found = imported(kind);
    if (found) return say(kind, found.span);
  }
  const directive = index.file.directive;
  if (directive === 'use client') return say('browser', undefined);
  if (directive === 'use server') return say('server', undefined);
  const framework = imported('server');
  const cli = imported('cli') ?? loopbackListener(index);
  if (cli && !framework && !browserUse(index)) return say('cli', cli.span);
  const server = framework ?? serverShape(index);
  const page = browserUse(index);
  if (server && !page) return say('server', server.span);
  const extension = index.expressions.find(
    (e) =>
      e.kind === 'member' &&
      e.object.kind === 'name' &&
      /^(?:chrome|browser)$/.test(e.object.name) &&
      e.property === 'identity',
  );
  if (extension) return say('browser', extension.span);
  if (/\.(?:vue|svelte)$/.test(path) && !/\+(?:page|layout)\.server/.test(path)) return say('browser', page?.span);
  if (page && !server) return say('browser', page.span);
  const browser = imported('browser');
  if (browser && !server) return say('browser', browser.span);
  if (server) return say('server', server.span);
  if (/(?:^|\/)(?:server|api|routes|controllers|functions|app\/api|pages\/api|src\/routes)\//.test(path))
    return say('server', undefined);
  return say('unknown', undefined);
}

function requiredBy(index: FileIndex, pattern: RegExp | undefined): { span: Span } | undefined {
  if (!pattern) return undefined;
  return index.expressions.find((e) => e.kind === 'module' && pattern.test(e.specifier.replace(/^node:/, '')));
}

/** A global of the browser that is used here, not bound by the file. */
function browserUse(index: FileIndex): { span: Span } | undefined {
  return index.expressions.find(
    (e) =>
      (e.kind === 'name' &&
        BROWSER_GLOBALS.test(e.name) &&
        index.lookup(e.name, e) === undefined &&
        !isTypeofOperand(index, e)) ||
      // `location.href = …`
      (e.kind === 'member' &&
        e.object.kind === 'name' &&
        e.object.name === 'location' &&
        index.lookup('location', e) === undefined),
  );
}

function isTypeofOperand(index: FileIndex, e: FileIndex['expressions'][number]): boolean {
  const parent = index.parentOf(e);
  return parent !== undefined && 'kind' in parent && parent.kind === 'unary' && parent.operator === 'typeof';
}

/** Handlers by their shape: `fetch(request, env)` of a worker, `GET` of a route file, `(req, res)`, `http.ResponseWriter`. */
function serverShape(index: FileIndex): { span: Span } | undefined {
  const names = (params: readonly { target: { kind: string; name?: string } }[]) =>
    params.map((p) => (p.target.kind === 'bind' ? (p.target.name ?? '') : ''));
  for (const fn of index.functions) {
    const [first, second] = names(fn.params);
    if (
      (first === 'req' || first === 'request' || first === '_req') &&
      /^(?:res|response|reply|env)$/.test(second ?? '')
    )
      return { span: fn.nameSpan };
    if (/^(?:GET|POST|loader|action|onRequest\w*)$/.test(fn.name) && fn.params.length > 0) return { span: fn.nameSpan };
    if (fn.name === 'handler' && first === 'event') return { span: fn.nameSpan };
    if (first === 'w' && second === 'r') return { span: fn.nameSpan };
    for (const param of fn.params) {
      const type = param.type;
      const text = type?.kind === 'name' ? type.name : type?.kind === 'member' ? type.property : '';
      if (
        /^(?:NextRequest|NextApiRequest|IncomingMessage|ResponseWriter|HttpRequest|APIGatewayProxyEvent\w*)$/.test(text)
      )
        return { span: param.span };
    }
  }
  return index.calls.find(
    (call) =>
      (call.callee.kind === 'name' && /^(?:defineEventHandler|eventHandler)$/.test(call.callee.name)) ||
      (call.callee.kind === 'member' &&
        call.callee.object.kind === 'name' &&
        call.callee.object.name === 'Deno' &&
        call.callee.property === 'serve'),
  );
}

/** A program that listens on the loopback for its own answer. */
function loopbackListener(index: FileIndex): { span: Span } | undefined {
  return index.expressions.find(
    (e) =>
      e.kind === 'literal' &&
      typeof e.value === 'string' &&
      /^https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d*)?(?:\/|$)/.test(e.value) &&
      index.imports.some((i) =>
        /^(?:node:)?(?:http|http\.server|socketserver|net\/http|readline|webbrowser)$/.test(i.specifier),
      ),
  );
}
