/** `authlens.config.json`: what changes a verdict and lives in the repository. The nearest to a file wins; no merging. */
import { parse } from 'jsonc-parser';
import type { Severity } from '../checklist/report.js';
import type { Limits } from '../rules/rule.js';

export interface Config {
  readonly rules: Readonly<Record<string, 'off' | Severity>>;
  readonly limits: Limits;
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

/** Reads a configuration text. What is not of the right type is left at its default; `problems` names it. */
export function readConfig(text: string): { config: Config; problems: readonly string[] } {
  const problems: string[] = [];
  const value: unknown = parse(text, [], { allowTrailingComma: true });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { config: DEFAULT_CONFIG, problems: ['The configuration is not an object.'] };
  }
  const raw = value as Record<string, unknown>;
  const rules: Record<string, 'off' | Severity> = {};
  for (const [id, level] of Object.entries(objectOf(raw.rules))) {
    if (level === 'off' || level === 'error' || level === 'warning' || level === 'info') rules[id] = level;
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
