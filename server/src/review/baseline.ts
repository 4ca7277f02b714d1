/**
 * The baseline: findings that were accepted as they were on some day, each with a reason. It belongs to the folder that
 * holds `.authlens/`, and follows code by fingerprint: a finding that moves stays accepted, one that changes does not.
 */
import type { Finding } from '../engine/index.js';

export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  /** Where it was, relative to the folder of the baseline: for people. */
  readonly path: string;
  readonly reason: string;
}

export type BaselineFile =
  | { readonly kind: 'baseline'; readonly entries: readonly BaselineEntry[] }
  | { readonly kind: 'corrupt'; readonly message: string };

/** Where a baseline is kept, relative to its folder. */
export const BASELINE_PATH = '.authlens/baseline.json';

/** Reads a baseline's text. */
export function parseBaseline(text: string): BaselineFile {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { kind: 'corrupt', message: 'is not valid JSON' };
  }
  const findings = isObject(content) ? content.findings : undefined;
  if (!isObject(content) || content.version !== 1 || !Array.isArray(findings)) {
    return { kind: 'corrupt', message: 'is no baseline of version 1' };
  }
  const wrong = findings.findIndex((entry) => !isEntry(entry));
  if (wrong >= 0) {
    return { kind: 'corrupt', message: `finding ${wrong + 1} lacks a fingerprint, a rule, a path or a reason` };
  }
  return { kind: 'baseline', entries: findings as BaselineEntry[] };
}

/** Writes a baseline: sorted, one finding a line, so that two branches merge. */
export function writeBaseline(entries: readonly BaselineEntry[]): string {
  const lines = [...entries]
    .sort((a, b) => compare(a.path, b.path) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint))
    .map(({ fingerprint, rule, path, reason }) => `    ${JSON.stringify({ fingerprint, rule, path, reason })}`);
  return lines.length === 0
    ? '{\n  "version": 1,\n  "findings": []\n}\n'
    : `{\n  "version": 1,\n  "findings": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

/** A finding with what the baseline says of it. A comment in the code was there first, and keeps its word. */
export function acceptByBaseline<F extends Finding>(finding: F, entries: readonly BaselineEntry[]): F {
  if (finding.accepted !== null) return finding;
  const entry = entries.find(({ fingerprint, rule }) => fingerprint === finding.fingerprint && rule === finding.rule);
  return entry === undefined ? finding : { ...finding, accepted: { by: 'baseline', reason: entry.reason } };
}

/** The folder that a baseline file belongs to (`''`: the root), or `undefined` for any other file. */
export function folderOfBaseline(path: string): string | undefined {
  if (path === BASELINE_PATH) return '';
  return path.endsWith(`/${BASELINE_PATH}`) ? path.slice(0, -BASELINE_PATH.length) : undefined;
}

function isEntry(entry: unknown): entry is BaselineEntry {
  const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';
  return isObject(entry) && [entry.fingerprint, entry.rule, entry.path, entry.reason].every(isText);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
