/** The little of SQL that says which table is touched, by which columns, and which columns are written. */

/** A column and the position of its parameter; `undefined` where a literal or another column stands. */
export interface SqlTest {
  readonly column: string;
  readonly parameter: string | number | undefined;
}

export interface SqlStatement {
  readonly op: 'read' | 'create' | 'update' | 'delete';
  readonly table: string;
  readonly where: readonly SqlTest[];
  readonly written: readonly SqlTest[];
  readonly aggregate: boolean;
}

/** How a placeholder is marked in a text whose interpolations were taken out. */
export const HOLE = '\u0001';

/** A longer text is a migration or data, no statement of one endpoint. */
const LONGEST_STATEMENT = 10_000;

/** Reads a statement; `undefined` if the text is none. Placeholders: `$1`, `?`, `%s`, `:name`, `%(name)s`, `@name`, holes. */
export function readSql(text: string): SqlStatement | undefined {
  if (text.length > LONGEST_STATEMENT) return undefined;
  const flat = text
    .replace(/--[^\n]*/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\b(?:lower|upper|trim)\(([^()]*)\)/gi, '$1')
    .trim();
  const verb = /^(?:with\b.*?\)\s*)?(select|insert|update|delete|replace|merge)\b/i.exec(flat)?.[1]?.toLowerCase();
  if (!verb) return undefined;
  const positions = placeholderPositions(flat);
  const table = clean(
    verb === 'insert' || verb === 'replace'
      ? /\binto\s+([\w."`[\]]+)/i.exec(flat)?.[1]
      : verb === 'update'
        ? /\bupdate\s+(?:only\s+)?([\w."`[\]]+)/i.exec(flat)?.[1]
        : /\bfrom\s+(?:only\s+)?([\w."`[\]]+)/i.exec(flat)?.[1],
  );
  if (!table) return undefined;
  const op =
    verb === 'select'
      ? 'read'
      : verb === 'insert' || verb === 'replace'
        ? 'create'
        : verb === 'update'
          ? 'update'
          : 'delete';
  const whereAt = /\bwhere\b/i.exec(flat)?.index;
  const where = whereAt === undefined ? [] : equalities(flat, whereAt, endOfWhere(flat, whereAt), positions);
  let written: SqlTest[] = [];
  if (op === 'update') {
    const set = /\bset\b/i.exec(flat)?.index ?? 0;
    written = equalities(flat, set, whereAt ?? flat.length, positions);
  } else if (op === 'create') {
    const m = /\(([^)]*)\)\s*(?:output[^(]*)?values\s*\(/i.exec(flat);
    if (m) {
      const columns = (m[1] ?? '').split(',').map((c) => clean(c) ?? '');
      const start = m.index + m[0].length;
      const values = splitValues(flat, start);
      written = columns.map((column, i) => ({ column, parameter: parameterIn(values[i], positions) }));
    }
  }
  return { op, table, where, written, aggregate: /^select\s+(count|sum|avg|max|min|exists)\s*\(/i.test(flat) };
}

function endOfWhere(text: string, from: number): number {
  const m = /\b(group by|order by|limit|offset|returning|for update|union)\b/i.exec(text.slice(from));
  return m ? from + m.index : text.length;
}

const PLACEHOLDER = new RegExp(`\\$\\d+|\\?|%s|%\\(\\w+\\)s|(?<![:\\w]):[a-z_]\\w*|@[a-z_]\\w*|${HOLE}`, 'gi');

/** For each offset of a placeholder: its name, or its position among unnamed ones. */
function placeholderPositions(text: string): Map<number, string | number> {
  const found = new Map<number, string | number>();
  let next = 0;
  for (const m of text.matchAll(PLACEHOLDER)) {
    const mark = m[0];
    if (/^\$\d+$/.test(mark)) found.set(m.index, Number(mark.slice(1)) - 1);
    else if (mark === '?' || mark === '%s' || mark === HOLE) found.set(m.index, next++);
    else found.set(m.index, mark.replace(/^%\(|\)s$|^[:@]/g, ''));
  }
  return found;
}

function equalities(text: string, from: number, to: number, positions: Map<number, string | number>): SqlTest[] {
  const found: SqlTest[] = [];
  // What is joined by `or` narrows nothing for sure.
  if (/\bor\b/i.test(text.slice(from, to)) && !/\(\s*[^()]*\bor\b[^()]*\)/i.test(text.slice(from, to))) return found;
  const column = /([\w."`[\]]+)\s*(?:=\s*(?:any\s*\()?|\bin\s*\(|\bis\s+)\s*(\S?)/gi;
  for (const m of text.slice(from, to).matchAll(column)) {
    const at = from + m.index + m[0].length - (m[2] ?? '').length;
    found.push({ column: clean(m[1]) ?? '', parameter: positions.get(at) });
  }
  return found;
}

function splitValues(text: string, start: number): string[] {
  const values: string[] = [];
  let depth = 0;
  let current = start;
  for (let i = start; i < text.length; i++) {
    const c = text[i];
    if (c === '(') depth++;
    else if (c === ')' && depth-- === 0) {
      values.push(`${current}:${text.slice(current, i)}`);
      break;
    } else if (c === ',' && depth === 0) {
      values.push(`${current}:${text.slice(current, i)}`);
      current = i + 1;
    }
  }
  return values;
}

function parameterIn(piece: string | undefined, positions: Map<number, string | number>): string | number | undefined {
  if (!piece) return undefined;
  const colon = piece.indexOf(':');
  const start = Number(piece.slice(0, colon));
  for (let i = start; i < start + piece.length - colon - 1; i++) if (positions.has(i)) return positions.get(i);
  return undefined;
}

function clean(name: string | undefined): string | undefined {
  return name
    ?.trim()
    .replace(/["'`[\]]/g, '')
    .split('.')
    .at(-1);
}
