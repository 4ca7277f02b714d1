/** How messages speak of secrets, and which texts only point to one. */
import { textOf, type Value } from '../semantics/value.js';

const PURPOSES: Readonly<Record<string, string>> = {
  'hmac-key': 'signing key',
  'private-key': 'private key',
  session: 'session secret',
  'cookie-signing': 'cookie secret',
  'client-secret': 'client secret',
  'api-key': 'API key',
  webhook: 'webhook secret',
  'encryption-key': 'encryption key',
  password: 'password',
  token: 'token',
};

/** The purpose of a secret in words. */
export function sayPurpose(purpose: string | undefined): string {
  return PURPOSES[purpose ?? ''] ?? 'secret';
}

const VARIABLES: Readonly<Record<string, string>> = {
  'hmac-key': 'JWT_SECRET',
  'private-key': 'JWT_PRIVATE_KEY',
  session: 'SESSION_SECRET',
  'cookie-signing': 'COOKIE_SECRET',
  'client-secret': 'OAUTH_CLIENT_SECRET',
  'api-key': 'API_KEY',
  webhook: 'WEBHOOK_SECRET',
  'encryption-key': 'ENCRYPTION_KEY',
};

/** What the environment's variable for a secret is called, where the code has no better name. */
export function variableFor(roles: { readonly purpose: Value }): { readonly name?: string } {
  const name = VARIABLES[textOf(roles.purpose) ?? ''];
  return name === undefined ? {} : { name };
}

/** A text that names where a secret is, and is none itself: a file's path, an address, a vault reference. */
export function isReference(text: string): boolean {
  return /^(?:\.{0,2}\/|[a-z]+:\/\/|arn:|projects\/|op:|vault:|\$\{|\{\{|<[^>]*>$)|\.(?:pem|key|crt|json)$/i.test(text);
}
