/** The findings of one file as diagnostics. Accepted ones are none: they stay visible on the checklist. */
import type { Diagnostic } from 'vscode-languageserver';
import type { Snapshot } from '../engine.js';
import type { Located } from '../projects.js';
import { type DiagnosticOptions, toDiagnostic } from '../to-protocol.js';

export function diagnostics(snapshot: Snapshot, { project, path }: Located, options: DiagnosticOptions): Diagnostic[] {
  const findings = snapshot.report(path)?.findings ?? [];
  return findings
    .filter((finding) => finding.accepted === null)
    .map((finding) => toDiagnostic(project, finding, options));
}

/** Tells whether a result is the one that the client already has. */
export async function resultId(result: readonly Diagnostic[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(JSON.stringify(result)));
  return Array.from(new Uint8Array(digest, 0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
