/** This installation of AuthLens: its version, and its other bundles. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installation } from './node.js';

/** AuthLens's own version. */
export function productVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(installation(), 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}

/** Starts another of our bundles in this process: it reads the same arguments. */
export async function startBundle(name: 'server' | 'mcp'): Promise<void> {
  await import(pathToFileURL(join(installation(), 'dist', `${name}.cjs`)).href);
}
