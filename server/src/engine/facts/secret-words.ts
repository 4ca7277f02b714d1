/** How messages speak of secrets, and which texts only point to one. */

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

/** A text that names where a secret is, and is none itself: a file's path, an address, a vault reference. */
export function isReference(text: string): boolean {
  return /^(?:\.{0,2}\/|[a-z]+:\/\/|arn:|projects\/|op:|vault:|\$\{|\{\{|<[^>]*>$)|\.(?:pem|key|crt|json)$/i.test(text);
}
