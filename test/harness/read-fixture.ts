/**
 * Fixtures: source files whose comments say what must be found. `^^^^ rule-id` below a line is a finding on exactly the
 * text above the carets; `<- rule-id` one that begins where the comment begins; `^^^^ fact Kind role=value` a fact;
 * `missing:` and `spurious:` before an id are known gaps; `checklist: item=verdict …` is the file's verdict.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface Annotation {
  readonly path: string;
  /** 0-based. */
  readonly line: number;
  readonly start: number;
  /** Absent for `<-`. */
  readonly end?: number;
  readonly kind: 'finding' | 'fact' | 'missing' | 'spurious';
  /** A rule id or a fact kind. */
  readonly name: string;
  /** Text that the message holds, or the roles of a fact. */
  readonly text: string;
}

export interface Fixture {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly annotations: readonly Annotation[];
  /** path → item → verdict. */
  readonly verdicts: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const MARK = /^\s*(?:\/\/|#|--|\/\*|<!--|\{\/\*)\s?(.*?)(?:\*\/\}?|-->)?\s*$/;

/** The fixtures of a folder: each file is one, and each folder in it. */
export function readFixtures(folder: string): readonly Fixture[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((entry) => {
      const path = join(folder, entry);
      return statSync(path).isDirectory()
        ? readFixture(entry, path, filesBelow(path))
        : readFixture(entry, folder, [path]);
    });
}

function readFixture(name: string, root: string, paths: readonly string[]): Fixture {
  const files: Record<string, string> = {};
  const annotations: Annotation[] = [];
  const verdicts: Record<string, Record<string, string>> = {};
  for (const full of paths) {
    const path = relative(root, full).replaceAll('\\', '/');
    const text = readFileSync(full, 'utf8');
    files[path] = text;
    const lines = text.split('\n');
    let target = -1;
    lines.forEach((line, number) => {
      const comment = MARK.exec(line)?.[1]?.trim();
      if (comment?.startsWith('checklist:')) {
        const items = verdicts[path] ?? {};
        for (const pair of comment.slice('checklist:'.length).trim().split(/\s+/)) {
          const [item, verdict] = pair.split('=');
          if (!item || !verdict) throw new Error(`${full}:${number + 1}: not item=verdict: ${pair}`);
          items[item] = verdict;
        }
        verdicts[path] = items;
      } else if (comment !== undefined && (comment.startsWith('^') || comment.startsWith('<-'))) {
        annotations.push(annotation(path, full, number, target, line, comment));
      } else target = number;
    });
  }
  return { name, files, annotations, verdicts };
}

function annotation(
  path: string,
  full: string,
  number: number,
  target: number,
  line: string,
  comment: string,
): Annotation {
  const match = /^(\^+|<-)\s+(?:(missing|spurious):\s*)?(fact\s+)?([\w-]+)(?::?\s*(.*))?$/.exec(comment);
  if (!match) throw new Error(`${full}:${number + 1}: not an annotation: ${comment}`);
  const [, mark = '', gap, fact, name = '', text = ''] = match;
  const caret = line.indexOf('^');
  const start = mark === '<-' ? line.search(/\S/) : caret;
  return {
    path,
    line: target,
    start,
    ...(mark === '<-' ? {} : { end: caret + mark.length }),
    kind: fact ? 'fact' : gap === 'missing' ? 'missing' : gap === 'spurious' ? 'spurious' : 'finding',
    name,
    text,
  };
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => statSync(path).isFile())
    .sort();
}
