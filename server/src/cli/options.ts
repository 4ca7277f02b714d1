/** The options of `authlens check`, as typed and checked values. A bad one is a `UsageError`. */
import { CHECKLIST, type Severity } from '../engine/index.js';
import type { Engine } from './engine-door.js';
import { UsageError } from './terminal.js';

export const FORMATS = ['text', 'json', 'sarif', 'markdown', 'github', 'html'] as const;
export type Format = (typeof FORMATS)[number];

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly output: string | undefined;
  readonly input: { readonly path: string | undefined; readonly language: string | undefined } | undefined;
  readonly failOn: Severity | 'never';
  /** `undefined`: all. */
  readonly rules: ReadonlySet<string> | undefined;
  readonly config: string | undefined;
  readonly shard: Shard | undefined;
  readonly today: string | undefined;
  /** The revision that a change is held against. */
  readonly since: string | undefined;
  /** Exit 1 while somebody still has to look; `others`: marks by an author of the change do not count. */
  readonly requireReviewed: 'no' | 'by anybody' | 'by others';
  readonly quiet: boolean;
  readonly color: boolean;
  readonly progress: boolean;
}

/** The K-th of N parts, K from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** The options as the argument parser gives them. */
export interface RawCheckOptions {
  readonly format?: string;
  readonly output?: string;
  readonly stdin?: boolean;
  readonly stdinPath?: string;
  readonly language?: string;
  readonly failOn?: string;
  readonly rule?: readonly string[];
  readonly item?: readonly string[];
  readonly config?: string;
  readonly jobs?: string;
  readonly shard?: string;
  readonly today?: string;
  readonly since?: string;
  readonly requireReviewed?: boolean;
  readonly independentReview?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
  readonly progress?: boolean;
}

export const LANGUAGES = [
  'javascript',
  'typescript',
  'javascriptreact',
  'typescriptreact',
  'vue',
  'svelte',
  'python',
  'go',
  'java',
  'kotlin',
  'csharp',
  'php',
  'ruby',
  'json',
  'yaml',
  'toml',
  'properties',
  'dotenv',
  'markdown',
] as const;

/** Checks what was typed. */
export function checkOptions(paths: readonly string[], raw: RawCheckOptions, engine: Engine): CheckOptions {
  const readsInput = raw.stdin === true || raw.stdinPath !== undefined || raw.language !== undefined;
  if (readsInput && paths.length > 0)
    throw new UsageError('--stdin reviews standard input alone: name no paths with it');
  if (raw.independentReview === true && raw.since === undefined) {
    throw new UsageError('--independent-review: name the change with --since');
  }
  if (readsInput && raw.since !== undefined) throw new UsageError('--since: standard input has no history');
  if (raw.since === '') throw new UsageError('--since: name a revision');
  if (raw.jobs !== undefined) wholeNumber('--jobs', raw.jobs);
  return {
    paths: paths.length > 0 ? paths : ['.'],
    format: oneOf('--format', raw.format ?? 'text', FORMATS),
    output: raw.output,
    input: readsInput ? { path: raw.stdinPath, language: languageOf(raw.language) } : undefined,
    failOn: oneOf('--fail-on', raw.failOn ?? 'warning', ['error', 'warning', 'info', 'never']),
    rules: selectedRules(raw, engine),
    config: raw.config,
    shard: raw.shard === undefined ? undefined : shardOf(raw.shard),
    today: raw.today === undefined ? undefined : dayOf(raw.today),
    since: raw.since,
    requireReviewed: raw.independentReview ? 'by others' : raw.requireReviewed ? 'by anybody' : 'no',
    quiet: raw.quiet === true,
    color: raw.color !== false,
    progress: raw.progress !== false,
  };
}

/** A calendar day, `YYYY-MM-DD`. */
export function dayOf(text: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
  if (!isDay) throw new UsageError(`--today: "${text}" is no date; write YYYY-MM-DD`);
  return text;
}

function selectedRules(raw: RawCheckOptions, engine: Engine): ReadonlySet<string> | undefined {
  if (raw.rule === undefined && raw.item === undefined) return undefined;
  const known = new Set(engine.RULES.map(({ id }) => id));
  for (const rule of raw.rule ?? []) {
    if (!known.has(rule)) throw new UsageError(`--rule: there is no rule "${rule}" (authlens rules lists them)`);
  }
  const items = CHECKLIST.map(({ id }) => id as string);
  for (const item of raw.item ?? []) oneOf('--item', item, items);
  const ofItems = engine.RULES.filter(({ item }) => item !== undefined && raw.item?.includes(item));
  return new Set([...(raw.rule ?? []), ...ofItems.map(({ id }) => id)]);
}

function languageOf(text: string | undefined): string | undefined {
  return text === undefined ? undefined : oneOf('--language', text, LANGUAGES);
}

function shardOf(text: string): Shard {
  const parts = /^(\d+)\/(\d+)$/.exec(text);
  const [part, of] = [Number(parts?.[1]), Number(parts?.[2])];
  if (parts === null || part < 1 || part > of) throw new UsageError(`--shard: "${text}" is no part; write K/N, as 1/3`);
  return { part, of };
}

function wholeNumber(option: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new UsageError(`${option}: "${text}" is no number above 0`);
  return Number(text);
}

function oneOf<T extends string>(option: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === text);
  if (found === undefined) throw new UsageError(`${option}: "${text}" is none of ${allowed.join(', ')}`);
  return found;
}
