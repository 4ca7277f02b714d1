/** What can be done about the findings in a range: mend, explain, or ignore with a reason. */
import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Diagnostic,
  type Range,
  type TextDocumentEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../../engine/index.js';
import { acceptedReports } from '../accepted.js';
import type { Snapshot } from '../engine.js';
import type { Project } from '../project.js';
import type { Located } from '../projects.js';
import { SOURCE, toWorkspaceEdit } from '../to-protocol.js';

export interface CodeActionOptions {
  readonly commands: boolean;
  /** Whether the client can put the cursor where the reason goes. */
  readonly snippets: boolean;
}

export function codeActions(
  snapshot: Snapshot,
  { project, path }: Located,
  document: TextDocument,
  params: CodeActionParams,
  options: CodeActionOptions,
): CodeAction[] {
  const all = fixAll(snapshot, project, path, params);
  if (!wants(params, CodeActionKind.QuickFix)) return all;
  const findings = (acceptedReports(snapshot).report(path)?.findings ?? []).filter(
    (finding) => finding.accepted === null && touches(finding.range, params.range),
  );
  const own = findings.flatMap((finding) => {
    const about = params.context.diagnostics.filter((diagnostic) => isAbout(diagnostic, finding));
    const fixes = snapshot
      .fixes(path, finding.span)
      .filter((fix) => fix.rule === finding.rule)
      .map(
        (fix): CodeAction => ({
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          diagnostics: about,
          isPreferred: fix.kind === 'safe',
          edit: toWorkspaceEdit(project, fix),
        }),
      );
    return [
      ...fixes,
      ...ignoreHere(snapshot, document, finding, about, options),
      ...explain(finding, about, options),
      ...copyRequest(document.uri, finding, about, options),
    ];
  });
  return [...own, ...all];
}

/** The kind under which a client asks for it on save, too. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.authlens`;

/** Only what is certain, and only where it was asked for: in the source menu, or on save. */
function fixAll(snapshot: Snapshot, project: Project, path: string, params: CodeActionParams): CodeAction[] {
  if (params.context.only === undefined || !wants(params, FIX_ALL)) return [];
  const fix = snapshot.fixAll(path);
  return fix === undefined ? [] : [{ title: fix.title, kind: FIX_ALL, edit: toWorkspaceEdit(project, fix) }];
}

function ignoreHere(
  snapshot: Snapshot,
  document: TextDocument,
  finding: Finding,
  diagnostics: Diagnostic[],
  options: CodeActionOptions,
): CodeAction[] {
  const comment = snapshot.ignorePlace(finding.path, finding.span, finding.rule);
  if (comment === undefined) return [];
  const range: Range = { start: comment.at, end: comment.at };
  const versioned = { uri: document.uri, version: document.version };
  const edits: TextDocumentEdit['edits'] = options.snippets
    ? [{ range, snippet: { kind: 'snippet', value: `${escaped(comment.before)}$0${escaped(comment.after)}` } }]
    : [{ range, newText: comment.before + comment.after }];
  return [
    {
      title: `Ignore \`${finding.rule}\` here, with a reason`,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      edit: { documentChanges: [{ textDocument: versioned, edits }] },
    },
  ];
}

function explain(finding: Finding, diagnostics: Diagnostic[], options: CodeActionOptions): CodeAction[] {
  if (!options.commands) return [];
  const title = `Explain \`${finding.rule}\``;
  const command = { title, command: 'authlens.explainRule', arguments: [finding.rule] };
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics, command }];
}

function copyRequest(
  uri: string,
  finding: Finding,
  diagnostics: Diagnostic[],
  options: CodeActionOptions,
): CodeAction[] {
  if (!options.commands) return [];
  const title = `Copy a fix request for an AI assistant (\`${finding.rule}\`)`;
  const command = { title, command: 'authlens.copyFixRequest', arguments: [uri, finding.id] };
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics, command }];
}

function wants(params: CodeActionParams, kind: string): boolean {
  const { only } = params.context;
  return only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
}

function isAbout(diagnostic: Diagnostic, finding: Finding): boolean {
  const { start } = diagnostic.range;
  const sameStart = start.line === finding.range.start.line && start.character === finding.range.start.character;
  return diagnostic.source === SOURCE && diagnostic.code === finding.rule && sameStart;
}

function touches(a: Range, b: Range): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: Range['start'], b: Range['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}

/** Plain text inside a snippet. */
function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
