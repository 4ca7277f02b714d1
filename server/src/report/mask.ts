/**
 * Secrets that are seen are never shown whole. The lines of a report are a stranger's code, and may be pasted into a
 * ticket: what looks like a credential keeps its first characters, so that it can be found, and loses the rest.
 */
import type { Finding, Span } from '../engine/index.js';

/** A file's text, and where rules have found secrets in it. */
export interface MaskableFile {
  readonly text: string;
  readonly language: string;
  readonly findings: readonly Pick<Finding, 'item' | 'rule' | 'span'>[];
}

/** The text of a reviewed file, fit to be shown. */
export function maskedText(file: MaskableFile): string {
  const secrets = file.findings.filter(({ item, rule }) => item === 'secrets' || rule === 'secret-in-public-client');
  return maskSecrets(
    file.text,
    secrets.flatMap(({ span }) => literalWithin(file, span)),
  );
}

/** A text with everything masked that is, or looks like, a credential. Offsets and lines stay where they are. */
export function maskSecrets(text: string, secrets: readonly Span[]): string {
  const spans = [...secrets, ...credentialsIn(text)];
  const chars = text.split('');
  for (const { start, end } of spans) {
    for (let i = start + KEPT; i < end; i++) if (chars[i] !== '\n' && chars[i] !== '\r') chars[i] = MASK;
  }
  return chars.join('');
}

const KEPT = 3;
const MASK = '•';

/** What issuers put in front of their own keys: such a text is a credential wherever it stands. */
const ISSUED =
  /\b(?:sk|pk|rk)_(?:live|test)_[\w]{8,}|\bsk-[\w-]{16,}|\bgh[pousr]_\w{16,}|\bgithub_pat_\w{16,}|\bglpat-[\w-]{12,}|\bGOCSPX-[\w-]{10,}|\bAKIA[0-9A-Z]{12,}|\bAIza[\w-]{20,}|\bxox[abprs]-[\w-]{10,}|\bSG\.[\w-]{10,}\.[\w-]{10,}|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g;

const PRIVATE_KEY = /(-----BEGIN [A-Z ]*PRIVATE KEY-----)([\s\S]*?)(?=-----END|$)/g;

const NAME =
  '(?:secret|password|passwd|passphrase|api_?key|private_?key|signing_?key|access_?key|auth_?token|credential|pepper)';

/** A name that holds a secret, then a literal: `JWT_SECRET = "…"`, `client_secret: …`, `PASSWORD=…`. */
const ASSIGNED = new RegExp(
  `${NAME}[\\w.\\-\\]]*["'\`]?\\s*(?:=>|:=|[:=])\\s*["'\`]?([^\\s"'\`,;(){}<>$[\\]]{8,})`,
  'gi',
);

/** A name that holds a secret, then what stands in for it: `getenv("JWT_SECRET", "…")`, `env.JWT_SECRET || '…'`. */
const FALLBACK = new RegExp(
  `${NAME}[\\w.\\-\\]]*["'\`]?\\)?\\s*(?:,|\\?\\?|\\|\\||\\?:|\\bor\\b)\\s*["'\`]([^"'\`\\n]{4,})`,
  'gi',
);

function credentialsIn(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(ISSUED)) spans.push({ start: match.index, end: match.index + match[0].length });
  for (const match of text.matchAll(PRIVATE_KEY)) {
    const start = match.index + match[1]!.length;
    spans.push({ start, end: start + match[2]!.length });
  }
  for (const pattern of [ASSIGNED, FALLBACK]) {
    for (const match of text.matchAll(pattern)) {
      const value = match[1]!;
      const end = match.index + match[0].length;
      if (pattern === FALLBACK || looksLikeValue(value)) spans.push({ start: end - value.length, end });
    }
  }
  return spans;
}

/** A literal rather than a name or a path: it has a digit or a symbol that no identifier has. */
function looksLikeValue(value: string): boolean {
  const isExpression = /^(?:process|os|env|config|settings|app|self|this|req|request|options|cfg|ENV)\b[.[]/.test(
    value,
  );
  return !isExpression && (/\d/.test(value) || /[-+/=!@#%^&*?]/.test(value));
}

const CONFIGURATION: ReadonlySet<string> = new Set(['dotenv', 'properties', 'yaml', 'toml', 'json', 'markdown']);

/** The content of the literals that a finding points at; in configuration a value needs no quotes. */
function literalWithin(file: Pick<MaskableFile, 'text' | 'language'>, span: Span): readonly Span[] {
  const piece = file.text.slice(span.start, span.end);
  const quoted = [...piece.matchAll(/["'`]([^"'`\n]+)["'`]/g)];
  if (quoted.length > 0) {
    return quoted.map((match) => {
      const start = span.start + match.index + 1;
      return { start, end: start + match[1]!.length };
    });
  }
  if (!CONFIGURATION.has(file.language)) return [];
  const name = /^[\w.-]+\s*[:=]\s*/.exec(piece)?.[0].length ?? 0;
  return [{ start: span.start + name, end: span.end }];
}
