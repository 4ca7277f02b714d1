/** The engine's plain data in LSP's words. */
import {
  DiagnosticSeverity,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  type Location,
  type TextEdit as ProtocolTextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Finding, Severity } from '../engine/index.js';
import { rulePageScheme } from '../protocol.js';
import type { Fix } from './engine.js';
import type { Project } from './project.js';
import { uriOf } from './projects.js';

export const SOURCE = 'authlens';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

export interface DiagnosticOptions {
  readonly relatedInformation: boolean;
  /** Whether the client has our rule pages; then a finding's code leads there. */
  readonly commands: boolean;
}

export function toDiagnostic(project: Project, finding: Finding, options: DiagnosticOptions): Diagnostic {
  const diagnostic: Diagnostic = {
    range: finding.range,
    severity: SEVERITIES[finding.severity],
    source: SOURCE,
    code: finding.rule,
    message: finding.message,
  };
  if (options.commands) diagnostic.codeDescription = { href: pageLink(finding.rule) };
  if (options.relatedInformation && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.map(
      (place): DiagnosticRelatedInformation => ({ location: toLocation(project, place), message: place.message }),
    );
  }
  return diagnostic;
}

export function toLocation(project: Project, place: { path: string; range: Location['range'] }): Location {
  return { uri: uriOf(project, place.path), range: place.range };
}

export function toWorkspaceEdit(project: Project, fix: Fix): WorkspaceEdit {
  const changes: Record<string, ProtocolTextEdit[]> = {};
  for (const edit of fix.edits) {
    const uri = uriOf(project, edit.path);
    changes[uri] = [...(changes[uri] ?? []), { range: edit.range, newText: edit.text }];
  }
  return { changes };
}

/** The rule's page, a document that our client provides. A command link would not be followed from here. */
function pageLink(rule: string): string {
  return `${rulePageScheme}:/${rule}.md`;
}
