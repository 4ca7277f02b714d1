/** Addresses as browsers read them: what leaves the site, however it is written. */

export interface Parsed {
  readonly scheme: string;
  readonly user: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
  readonly hash: string;
}

/** A text as an address, resolved against a base, as browsers and Node do; `undefined` where they refuse it. */
export function browserAddress(text: string, base?: string): Parsed | undefined {
  const clean = [...text.trim()].filter((c) => c !== '\t' && c !== '\n' && c !== '\r').join('');
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(clean);
  if (scheme) {
    const name = (scheme[1] as string).toLowerCase();
    const rest = clean.slice(scheme[0].length);
    if (name !== 'http' && name !== 'https')
      return { scheme: name, user: '', host: hostAfter(rest), port: '', path: rest, query: '', hash: '' };
    return authority(name, rest.replace(/^[/\\]*/, ''));
  }
  if (base === undefined) return undefined;
  const own = browserAddress(base);
  if (!own) return undefined;
  const slashed = clean.replaceAll('\\', '/');
  if (slashed.startsWith('//')) return authority(own.scheme, clean.replace(/^[/\\]*/, ''));
  const [path, query, hash] = tail(slashed);
  if (slashed === '') return { ...own, hash: '' };
  if (path === '') return { ...own, query, hash };
  return { ...own, user: '', path: path.startsWith('/') ? path : own.path.replace(/[^/]*$/, '') + path, query, hash };
}

function hostAfter(rest: string): string {
  return rest.startsWith('//') ? (/^\/\/([^/?#]*)/.exec(rest)?.[1] ?? '') : '';
}

function authority(scheme: string, rest: string): Parsed {
  const end = rest.search(/[/\\?#]/);
  const whole = end === -1 ? rest : rest.slice(0, end);
  const at = whole.lastIndexOf('@');
  const [host = '', port = ''] = whole.slice(at + 1).split(':');
  const [path, query, hash] = tail(end === -1 ? '/' : rest.slice(end).replaceAll('\\', '/'));
  return {
    scheme,
    user: at === -1 ? '' : whole.slice(0, at),
    host: host.toLowerCase(),
    port,
    path: path || '/',
    query,
    hash,
  };
}

function tail(text: string): [string, string, string] {
  const hash = text.indexOf('#');
  const before = hash === -1 ? text : text.slice(0, hash);
  const question = before.indexOf('?');
  return [
    question === -1 ? before : before.slice(0, question),
    question === -1 ? '' : before.slice(question),
    hash === -1 ? '' : text.slice(hash),
  ];
}

/** A text as Python's `urlparse` and Go's `url.Parse` read it: only `//` begins a host. */
export function plainAddress(text: string): Parsed {
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(text);
  const rest = scheme ? text.slice(scheme[0].length) : text;
  const host = /^\/\/([^/?#]*)/.exec(rest);
  const [path, query, hash] = tail(host ? rest.slice(host[0].length) : rest);
  const whole = host?.[1] ?? '';
  const at = whole.lastIndexOf('@');
  const [name = '', port = ''] = whole.slice(at + 1).split(':');
  return {
    scheme: (scheme?.[1] ?? '').toLowerCase(),
    user: at === -1 ? '' : whole.slice(0, at),
    host: name.toLowerCase(),
    port,
    path,
    query,
    hash,
  };
}

/** An address as text again. */
export function sayAddress(a: Parsed): string {
  const host = a.host ? `//${a.user ? `${a.user}@` : ''}${hostAndPort(a)}` : '';
  return `${a.scheme ? `${a.scheme}:` : ''}${host}${a.path}${a.query}${a.hash}`;
}

/** The host with its port, if it has one. */
export function hostAndPort(a: Parsed): string {
  return a.port ? `${a.host}:${a.port}` : a.host;
}
