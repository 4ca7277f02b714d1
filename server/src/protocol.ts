/**
 * What our client and our server say to each other beyond LSP: method names and plain types. It imports nothing, so that
 * both sides may import it.
 */

/** What the client tells of itself in `initializationOptions`. */
export interface ClientOptions {
  /** Whether it is our own client: it has our commands and rule pages, and listens to our notifications. */
  readonly commands?: boolean;
  /** Which files' diagnostics are shown: those that are open, or all of the workspace. */
  readonly diagnosticsScope?: 'openFiles' | 'workspace';
  /** Whether the workspace is trusted: only then may git be asked. */
  readonly trusted?: boolean;
}

/** Asks for the checklist of one file. Answers `null` for a file that the server does not know. */
export const checklistMethod = 'authlens/checklist';

export interface ChecklistParams {
  readonly textDocument: { readonly uri: string };
}

/** The checklist of one file, as a panel shows it. */
export interface FileChecklist {
  readonly uri: string;
  readonly revision: number;
  /** All sixteen, in order. */
  readonly items: readonly ChecklistEntry[];
}

export interface ChecklistEntry {
  readonly id: string;
  readonly number: number;
  readonly question: string;
  readonly about: 'authentication' | 'authorization' | 'both';
  /** `null`: not checked. */
  readonly verdict: 'fail' | 'review' | 'pass' | 'na' | null;
  /** Fails first: findings, then open questions, then evidence. */
  readonly places: readonly ChecklistPlace[];
}

export interface ChecklistPlace {
  readonly kind: 'finding' | 'question' | 'evidence';
  readonly message: string;
  readonly uri: string;
  readonly range: ProtocolRange;
  /** Of a finding. */
  readonly rule?: string;
  readonly severity?: 'error' | 'warning' | 'info';
  /** Why a finding is accepted as it is. */
  readonly accepted?: string;
}

export interface ProtocolRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Asks for a rule's page as Markdown. Answers `null` for an unknown rule. */
export const explainMethod = 'authlens/explain';

export interface ExplainParams {
  readonly rule: string;
}

/** Sent by the server when answers may have changed: ask again what is on the screen. */
export const changedMethod = 'authlens/changed';

export interface ChangedParams {
  readonly revision: number;
  /** Whether files of the workspace are still being read. */
  readonly reading: boolean;
}

/** The scheme of the documents in which our client shows rules: `authlens-rule:/token-without-expiry.md`. */
export const rulePageScheme = 'authlens-rule';

/** Asks for all rules. */
export const rulesMethod = 'authlens/rules';

export interface RuleTitle {
  readonly id: string;
  readonly title: string;
}
