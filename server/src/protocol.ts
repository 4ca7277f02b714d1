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
  /** Where review marks are kept: in the repository, or in the editor's own folder, which is named by URI. */
  readonly reviewStorage?: 'repository' | 'private';
  readonly privateFolder?: string;
}

/** Asks for the checklist of one file. Answers `null` for a file that the server does not know. */
export const checklistMethod = 'authlens/checklist';

export interface ChecklistParams {
  readonly textDocument: { readonly uri: string };
}

export type ProtocolVerdict = 'fail' | 'review' | 'pass' | 'na' | null;

/** `open`: somebody must look; `done`: somebody has; `settled`: nobody needs to. */
export type ProtocolProgress = 'open' | 'done' | 'settled';

/** How far the review of one file has come. */
export interface FileReview {
  readonly uri: string;
  readonly state: 'fresh' | 'in review' | 'reviewed' | 'stale';
  /** Of all sixteen, in order. */
  readonly verdicts: readonly ProtocolVerdict[];
  readonly progress: readonly ProtocolProgress[];
  /** All sixteen, in order, where they were asked for. */
  readonly items?: readonly ChecklistEntry[];
}

/** The checklist of one file, as a panel shows it. */
export interface FileChecklist extends FileReview {
  readonly revision: number;
  readonly items: readonly ChecklistEntry[];
}

export interface ChecklistEntry {
  readonly id: string;
  readonly number: number;
  /** A name for narrow places. */
  readonly title: string;
  readonly question: string;
  readonly about: 'authentication' | 'authorization' | 'both';
  /** What is looked for, as a noun phrase. */
  readonly subject: string;
  /** `null`: not checked. */
  readonly verdict: ProtocolVerdict;
  readonly progress: ProtocolProgress;
  /** What the verdict rests on; a tick names it, so that it counts for what was seen. */
  readonly fingerprint: string | null;
  readonly reviewed: ProtocolMark | null;
  /** Fails first: findings, then open questions, then evidence. */
  readonly places: readonly ChecklistPlace[];
}

/** Who looked at an item. Names are unauthenticated. */
export interface ProtocolMark {
  readonly by: string;
  readonly at: string;
  readonly note: string | null;
  /** What was looked at has changed since. */
  readonly stale: boolean;
}

export interface ChecklistPlace {
  readonly kind: 'finding' | 'question' | 'evidence';
  readonly message: string;
  readonly uri: string;
  readonly range: ProtocolRange;
  /** Of a finding: its id, rule, severity. */
  readonly id?: string;
  readonly rule?: string;
  readonly severity?: 'error' | 'warning' | 'info';
  /** Why a finding is accepted as it is. */
  readonly accepted?: string;
}

/** The sixteen questions, for views that show them over many files. */
export const itemsMethod = 'authlens/items';

export type ChecklistQuestion = Pick<ChecklistEntry, 'id' | 'number' | 'title' | 'question' | 'about' | 'subject'>;

/** Which files a review is about. */
export type ReviewScope = 'file' | 'changes' | 'workspace';

/** Asks for the review of a scope. */
export const reviewMethod = 'authlens/review';

export interface ReviewParams {
  readonly scope: ReviewScope;
  /** The current file, for the scope `file`. */
  readonly uri?: string;
  /** Files whose items are wanted in full. */
  readonly details: readonly string[];
}

export interface ScopeReview {
  readonly revision: number;
  /** By path; only files that hold something about authentication or authorization. */
  readonly files: readonly FileReview[];
  /** What is wrong with review marks or a baseline. */
  readonly problems: readonly string[];
  /** Why the scope can't be looked at. */
  readonly unavailable?: string;
  /** Whether files are still being read. */
  readonly reading: boolean;
}

/** Ticks items of a file. */
export const markMethod = 'authlens/mark';

export interface MarkParams {
  readonly uri: string;
  readonly marks: readonly { readonly item: string; readonly fingerprint: string; readonly note?: string }[];
}

/** Takes the tick of an item back. */
export const unmarkMethod = 'authlens/unmark';

export interface UnmarkParams {
  readonly uri: string;
  readonly item: string;
}

/** What became of a tick. */
export interface MarkAnswer {
  /** Why nothing was ticked. */
  readonly refused?: string;
  /** What else a person should know: a file that was set aside. */
  readonly warning?: string;
}

/** Asks what has changed since an item was reviewed. Answers `null` where there is no mark. */
export const reviewedCodeMethod = 'authlens/reviewedCode';

export interface ReviewedCode {
  readonly before: string;
  readonly today: string;
}

/** Asks for a report of a scope. */
export const reportMethod = 'authlens/report';

export interface ReportParams extends Omit<ReviewParams, 'details'> {
  readonly format: 'markdown' | 'html';
}

/** Asks for a request that makes an assistant put a finding right. Answers `null` for an unknown finding. */
export const fixRequestMethod = 'authlens/fixRequest';

export interface FixRequestParams {
  readonly uri: string;
  /** The finding's id. */
  readonly finding: string;
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
