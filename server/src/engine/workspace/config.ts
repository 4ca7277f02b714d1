/** `authlens.config.json`: what changes a verdict and lives in the repository. The nearest to a file wins; no merging. */
import ignore from 'ignore';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import type { Severity } from '../checklist/report.js';
import { RULES } from '../rules/index.js';
import type { Limits } from '../rules/rule.js';

export interface Config {
  readonly rules: Readonly<Record<string, 'off' | Severity>>;
  readonly limits: Limits;
  /** Globs, as in a `.gitignore`, of files that are not looked at. */
  readonly exclude: readonly string[];
  readonly guards: readonly string[];
  readonly publicEndpoints: readonly string[];
}

export const DEFAULT_CONFIG: Config = {
  rules: {},
  limits: {
    accessTokenMinutes: 60,
    refreshTokenDays: 90,
    oneTimeTokenHours: 24,
    authorizationCodeMinutes: 10,
    hmacSecretBytes: 32,
  },
  exclude: [],
  guards: [],
  publicEndpoints: [],
};

export const CONFIG_FILE = 'authlens.config.json';

const KEYS = ['$schema', 'rules', 'limits', 'exclude', 'models', 'guards', 'publicEndpoints', 'ai'];

/** The tool's own findings about ignore-comments, which belong to no rule file. */
const OWN_RULES = ['ignore-without-reason', 'ignore-has-ended', 'ignore-covers-nothing', 'ignore-of-unknown-rule'];

/** Whether a configuration leaves out a file, by its path relative to the configuration's folder. */
export function excludes(config: Config, path: string): boolean {
  if (config.exclude.length === 0 || path === '' || path.startsWith('../')) return false;
  return ignore()
    .add([...config.exclude])
    .ignores(path);
}

/** Reads a configuration text. What is not of the right type is left at its default; `problems` names it. */
export function readConfig(text: string): { config: Config; problems: readonly string[] } {
  const problems: string[] = [];
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  if (first !== undefined) {
    const line = text.slice(0, first.offset).split('\n').length;
    problems.push(`Line ${line} is not valid JSON (${printParseErrorCode(first.error)}).`);
  }
  if (value === undefined) return { config: DEFAULT_CONFIG, problems };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { config: DEFAULT_CONFIG, problems: [...problems, 'The configuration is not an object.'] };
  }
  const raw = value as Record<string, unknown>;
  for (const key of Object.keys(raw)) if (!KEYS.includes(key)) problems.push(`There is no setting \`${key}\`.`);
  for (const key of ['exclude', 'models', 'guards', 'publicEndpoints']) {
    const isList =
      raw[key] === undefined || (Array.isArray(raw[key]) && raw[key].every((one) => typeof one === 'string'));
    if (!isList) problems.push(`\`${key}\` is no list of texts.`);
  }
  const known = new Set([...(RULES as readonly { readonly id: string }[]).map(({ id }) => id), ...OWN_RULES]);
  const rules: Record<string, 'off' | Severity> = {};
  for (const [id, level] of Object.entries(objectOf(raw.rules))) {
    if (!known.has(id)) problems.push(`There is no rule \`${id}\`.`);
    else if (level === 'off' || level === 'error' || level === 'warning' || level === 'info') rules[id] = level;
    else problems.push(`The level of rule \`${id}\` is none of off, info, warning, error.`);
  }
  const limits: Record<string, number> = { ...DEFAULT_CONFIG.limits };
  for (const [name, amount] of Object.entries(objectOf(raw.limits))) {
    if (!(name in limits)) problems.push(`There is no limit \`${name}\`.`);
    else if (typeof amount !== 'number' || !(amount > 0)) problems.push(`The limit \`${name}\` is no positive number.`);
    else limits[name] = amount;
  }
  return {
    config: {
      rules,
      limits: limits as unknown as Limits,
      exclude: textsOf(raw.exclude),
      guards: textsOf(raw.guards),
      publicEndpoints: textsOf(raw.publicEndpoints),
    },
    problems,
  };
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((v): v is string => typeof v === 'string') : [];
}
