/**
 * What was understood of a call, in words: what it does, which defaults of the library apply, which values were
 * resolved and where they come from. Secrets are never shown.
 */
import type { Fact } from '../facts/kinds.js';
import { sayDuration } from '../semantics/operators.js';
import { isAbsent, type Value } from '../semantics/value.js';
import { type Shown, wordsFor } from './fact-words.js';
import { sayOrigin, sayValue } from './say-value.js';

/** What the surroundings know beside the fact. */
export interface FactSurroundings {
  /** The library as code names it, and its page; absent for what is written by hand. */
  readonly library?: { readonly name: string; readonly docs?: string };
  /** A place as a reader finds it, `src/config.ts:12`; `undefined` for what stands on the fact's own line. */
  readonly where?: (place: Fact['at']) => string | undefined;
}

/** A fact as Markdown. */
export function describeFact(fact: Fact, { library, where }: FactSurroundings = {}): string {
  const roles = fact.roles as Readonly<Record<string, Value>>;
  const words = wordsFor(fact.kind, roles);
  const lines = words.shows.flatMap((shown) => {
    const line = lineOf(fact, shown, roles[shown.role], where);
    return line === undefined ? [] : [`- ${shown.label}: ${line}`];
  });
  const by = library ? `with ${library.docs ? `[${library.name}](${library.docs})` : library.name}` : 'written by hand';
  const head = `**${words.does}**, ${by}`;
  return lines.length === 0 ? head : `${head}\n\n${lines.join('\n')}`;
}

function lineOf(
  fact: Fact,
  shown: Shown,
  value: Value | undefined,
  where: FactSurroundings['where'],
): string | undefined {
  if (!value || isAbsent(value) === true) return shown.absent && absentLine(fact, shown);
  const said = shown.words ? wordOf(value, shown.role) : shown.secret ? sayOrigin(value) : sayShown(value, shown);
  if (said === undefined) return undefined;
  if (fact.defaults?.includes(shown.role) && value.place === undefined) return `${said}, the library's default`;
  const from = value.place && where?.(value.place);
  return from ? `${said} (from ${from})` : said;
}

function sayShown(value: Value, shown: Shown): string {
  if (shown.functions && value.kind === 'list')
    return sayValue({ ...value, items: value.items.filter((item) => item.kind !== 'literal') });
  if (shown.seconds && value.kind === 'literal' && typeof value.value === 'number') return sayDuration(value.value);
  return sayValue(value);
}

/** "`expiresIn` is not set", where the option has a name of its own. */
function absentLine(fact: Fact, shown: Shown): string {
  const option = optionOf(fact.paths?.[shown.role]);
  const what = typeof shown.absent === 'string' ? shown.absent : undefined;
  const missing = option ? `\`${option}\` is not set` : 'not given';
  return what ? `${missing}: ${what}` : missing;
}

/** The name of the option at an access path: `arg 2 .expiresIn` → `expiresIn`. */
function optionOf(path: string | undefined): string | undefined {
  const first = path?.split('|')[0]?.trim() ?? '';
  return /(?:named |chain |\.)([\w$-]+)(?: arg \d+)?$/.exec(first)?.[1];
}

const WORDS: Readonly<Record<string, string>> = {
  skipped: 'not checked',
  required: 'checked, and has to be there',
  ignored: 'not compared',
  exact: 'compared exactly',
  loose: 'compared by a part only',
  throws: 'an exception',
  promise: 'a rejected promise',
  returns: 'a result that says so',
  'second value': 'an error beside the result',
  hmac: 'HMAC',
  'throws at use': 'an exception when it is used',
  accepted: 'accepted',
  caller: 'the caller',
  webLocal: '`localStorage`',
  webSession: '`sessionStorage`',
  indexedDb: 'IndexedDB',
  scriptCookie: 'a cookie that scripts can read',
  devicePlain: 'unprotected storage of the device',
  deviceSecure: 'the secure store of the device',
  extensionLocal: "the extension's storage on disk",
  extensionSession: "the extension's storage in memory",
  osKeyring: "the system's keyring",
  db: 'a database',
  crypto: 'cryptographic',
  guessable: 'can be guessed',
  once: 'made once, for all',
  on: 'on',
  off: 'off',
  missing: 'not set, and off by default',
};

const PURPOSES: Readonly<Record<string, string>> = {
  'hmac-key': 'a signing key',
  'private-key': 'a private key',
  'cookie-signing': 'a secret that signs cookies',
  session: 'a session secret',
  'client-secret': 'a client secret',
  'api-key': 'an API key',
  'encryption-key': 'an encryption key',
  webhook: 'a webhook secret',
  setting: 'a setting, whose use is not seen here',
};

/** A role whose values are words of ours: as a reader says them. */
function wordOf(value: Value, role: string): string | undefined {
  switch (value.kind) {
    case 'literal': {
      if (typeof value.value === 'boolean') return value.value ? 'yes' : 'no';
      const text = String(value.value);
      if (text === 'unknown' || text === '') return undefined;
      return (role === 'purpose' ? PURPOSES[text] : WORDS[text]) ?? text;
    }
    case 'list': {
      const words = value.items.map((item) => wordOf(item, role)).filter((word) => word !== undefined);
      return words.length > 0 ? words.join(', ') : undefined;
    }
    case 'oneOf': {
      const words = [...new Set(value.values.map((one) => wordOf(one, role)).filter((word) => word !== undefined))];
      return words.length > 0 ? words.join(' or ') : undefined;
    }
    case 'unknown':
      return undefined;
    default:
      return sayValue(value);
  }
}
