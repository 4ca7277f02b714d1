/** What lies beside the bundle: the manifest with our version, and the other bundles. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** AuthLens's own version. */
export function productVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(bundleFolder(), '..', 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}

/** Starts another of our bundles in this process: it reads the same arguments. */
export async function startBundle(name: 'server' | 'mcp'): Promise<void> {
  await import(pathToFileURL(join(bundleFolder(), `${name}.cjs`)).href);
}

function bundleFolder(): string {
  return dirname(fileURLToPath(import.meta.url));
}
