/** The little of SQL that says which records a statement reads, changes or ends, and which columns it asks about. */

/** One statement, or one part of a statement with `WITH`. */
export interface SqlRecordStatement {
  readonly op: 'read' | 'insert' | 'update' | 'delete';
  readonly table: string;
  /** `column = value`, the value as it stands: `#0` for the first placeholder, `:name`, a literal. */
  readonly where: readonly { readonly column: string; readonly value: string }[];
  /** All columns that conditions, or the list of a `SELECT`, name. */
  readonly tested: readonly string[];
  readonly written: readonly { readonly column: string; readonly value: string }[];
}

const NAME = '["`\\[]?[A-Za-z_][\\w.$"`\\[\\]]*';
const VERB = new RegExp(
  `\\b(?:(insert)\\s+(?:or\\s+\\w+\\s+)?into\\s+(${NAME})|(replace)\\s+into\\s+(${NAME})|(update)\\s+(?:only\\s+)?(${NAME})(?=\\s+(?:(?:as\\s+)?\\w+\\s+)?set\\b)|(delete)\\s+from\\s+(?:only\\s+)?(${NAME})|(select)\\b)`,
  'gi',
);

/** A longer text is a migration or data. */
const LONGEST_TEXT = 10_000;

/** Reads the statements of a text; none if it is not SQL. */
export function statementsIn(text: string): readonly SqlRecordStatement[] {
  if (text.length > LONGEST_TEXT) return [];
  let position = 0;
  // Placeholders by position get a number, so that each keeps its place when the text is cut.
  const flat = text
    .replace(/--[^\n]*/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\$(\d+)|%s|\?(?!\?)/g, (_all, number: string | undefined) =>
      number ? `#${Number(number) - 1}` : `#${position++}`,
    );
  const starts = [...flat.matchAll(VERB)];
  const found: SqlRecordStatement[] = [];
  starts.forEach((match, i) => {
    const from = match.index;
    const next = starts[i + 1]?.index ?? flat.length;
    // `INSERT … SELECT` is one statement; a `SELECT` inside a condition is part of it.
    const verb = (match[1] ?? match[3] ?? match[5] ?? match[7] ?? match[9] ?? '').toLowerCase();
    const piece = flat.slice(from, verb === 'update' || verb === 'delete' ? flat.length : next);
    const statement = readPiece(verb, clean(match[2] ?? match[4] ?? match[6] ?? match[8] ?? ''), piece);
    if (statement) found.push(statement);
  });
  return found;
}

function readPiece(verb: string, named: string, piece: string): SqlRecordStatement | undefined {
  const whereAt = /\bwhere\b/i.exec(piece)?.index;
  const condition = whereAt === undefined ? '' : endOf(piece.slice(whereAt));
  const where = equalities(condition);
  const tested = columnsIn(condition);
  if (verb === 'select') {
    const table = new RegExp(`\\bfrom\\s+(?:only\\s+)?(${NAME})`, 'i').exec(piece)?.[1];
    if (!table) return undefined;
    const list = /^select\s+(.*?)\s+from\b/i.exec(piece)?.[1] ?? '';
    return { op: 'read', table: clean(table), where, tested: [...tested, ...selectedTests(list)], written: [] };
  }
  if (named === '') return undefined;
  if (verb === 'delete') return { op: 'delete', table: named, where, tested, written: [] };
  if (verb === 'update') {
    const set = /\bset\b/i.exec(piece)?.index ?? 0;
    const until = whereAt ?? piece.length;
    return { op: 'update', table: named, where, tested, written: assignments(piece.slice(set + 3, until)) };
  }
  const columns =
    /\(([^()]*)\)/
      .exec(piece)?.[1]
      ?.split(',')
      .map((c) => clean(c.trim())) ?? [];
  const at = /\bvalues\s*\(/i.exec(piece);
  const values = at ? splitTop(piece.slice(at.index + at[0].length)) : [];
  const conflict = /\bon\s+(?:conflict|duplicate)\b.*?\b(?:set|update)\b(.*)$/i.exec(piece)?.[1];
  return {
    op: conflict ? 'update' : 'insert',
    table: named,
    where: [],
    tested: [],
    written: [
      ...columns.map((column, i) => ({ column, value: values[i]?.trim() ?? '' })),
      ...(conflict ? assignments(conflict) : []),
    ],
  };
}

function endOf(text: string): string {
  const end = /\b(?:group by|order by|limit|returning|for update)\b/i.exec(text)?.index;
  return end === undefined ? text : text.slice(0, end);
}

function equalities(condition: string): { column: string; value: string }[] {
  const pattern = new RegExp(
    `(${NAME})\\s*=\\s*(?:any\\s*\\()?\\s*(#\\d+|[:@]\\w+|%\\(\\w+\\)s|\uE000\\d+\uE000|'[^']*'|\\w+)`,
    'gi',
  );
  return [...condition.matchAll(pattern)].map((m) => ({ column: clean(m[1] as string), value: m[2] as string }));
}

const WORDS = new Set(
  'where and or not is null in exists select from as on join left inner now true false any all current_timestamp interval like between then else case when end set values with limit of'.split(
    ' ',
  ),
);

function columnsIn(text: string): string[] {
  return [...text.matchAll(/(?<![#:@'%])\b[A-Za-z_][\w.]*\b(?!\s*\()/g)]
    .map((m) => clean(m[0]))
    .filter((word) => !WORDS.has(word.toLowerCase()));
}

/** Columns of a `SELECT`'s list: they can be asked about later. */
function selectedTests(list: string): string[] {
  return list.trim() === '*' ? ['*'] : columnsIn(list);
}

function assignments(text: string): { column: string; value: string }[] {
  return splitTop(text).flatMap((part) => {
    const equals = part.indexOf('=');
    return equals < 0 ? [] : [{ column: clean(part.slice(0, equals).trim()), value: part.slice(equals + 1).trim() }];
  });
}

/** Splits at commas that stand in no bracket; ends at the bracket that closes what was open before. */
function splitTop(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of text) {
    if (character === '(') depth++;
    if (character === ')') {
      depth--;
      if (depth < 0) break;
    }
    if (character === ',' && depth === 0) {
      parts.push(current);
      current = '';
    } else current += character;
  }
  return [...parts, current];
}

function clean(name: string): string {
  return (name.split('.').at(-1) ?? name).replace(/["`[\]]/g, '');
}
