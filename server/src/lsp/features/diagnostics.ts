/** The findings of one file as diagnostics. Accepted ones are none: they stay visible on the checklist. */
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver';
import type { Finding } from '../../engine/index.js';
import { acceptedReports } from '../accepted.js';
import type { Snapshot } from '../engine.js';
import type { Project } from '../project.js';
import { type DiagnosticOptions, SOURCE, toDiagnostic } from '../to-protocol.js';

export function diagnostics(project: Project, findings: readonly Finding[], options: DiagnosticOptions): Diagnostic[] {
  return findings.map((finding) => toDiagnostic(project, finding, options));
}

/** Findings of a file that somebody should act on. */
export function openFindings(snapshot: Snapshot, path: string): readonly Finding[] {
  return (acceptedReports(snapshot).report(path)?.findings ?? []).filter((finding) => finding.accepted === null);
}

/** What is wrong with a configuration file. */
export function problems(snapshot: Snapshot, path: string): Diagnostic[] {
  const top = { line: 0, character: 0 };
  return snapshot.problems
    .filter((problem) => problem.path === path)
    .map(({ message }) => ({
      range: { start: top, end: top },
      severity: DiagnosticSeverity.Error,
      source: SOURCE,
      message,
    }));
}

/** Tells whether a result is the one that the client already has. */
export async function resultId(result: readonly Diagnostic[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(JSON.stringify(result)));
  return Array.from(new Uint8Array(digest, 0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
