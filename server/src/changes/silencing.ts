/**
 * What a change adds that could silence its own reviewer: accepted findings, baseline entries, configuration, review
 * marks. It is listed before anything else.
 */
import type { Finding } from '../engine/index.js';

export interface Silencing {
  readonly kind: 'ignore-comment' | 'baseline' | 'configuration' | 'review mark';
  readonly path: string;
  /** 1-based; absent for a whole file. */
  readonly line?: number;
  readonly text: string;
}

/** A file that the change touches, before and after. */
export interface TouchedFile {
  readonly path: string;
  readonly before: string;
  readonly today: string;
}

/** Findings that are accepted by a comment today and were not before. */
export function addedComments(today: readonly Finding[], base: readonly Finding[]): readonly Silencing[] {
  const isComment = ({ accepted }: Finding) => accepted?.by === 'comment';
  const known = new Set(base.filter(isComment).map(({ rule, fingerprint }) => `${rule}\n${fingerprint}`));
  return today
    .filter((finding) => isComment(finding) && !known.has(`${finding.rule}\n${finding.fingerprint}`))
    .map(({ path, range, rule, accepted }) => ({
      kind: 'ignore-comment',
      path,
      line: range.start.line + 1,
      text: `${rule}: ${accepted!.reason}`,
    }));
}

/** Lines that a touched file has gained, as what they silence. */
export function addedLines(
  kind: Silencing['kind'],
  { path, before, today }: TouchedFile,
  say: (line: string) => string | undefined,
): readonly Silencing[] {
  const known = new Set(before.split(/\r?\n/).map((line) => line.trim()));
  return today.split(/\r?\n/).flatMap((line, at): Silencing[] => {
    if (known.has(line.trim())) return [];
    const text = say(line.trim());
    return text === undefined ? [] : [{ kind, path, line: at + 1, text }];
  });
}
