/** What is written in literals: escapes decoded, numbers read. */

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  b: '\b',
  f: '\f',
  v: '\v',
};

/** The text that a string or template stands for, its quotes already taken off. */
export function decodeEscapes(raw: string): string {
  if (!raw.includes('\\')) {
    return raw;
  }
  return raw.replace(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{1,3})|(\r\n|[\s\S]))/g,
    (_, braced: string, four: string, two: string, octal: string, other: string) => {
      if (octal !== undefined) {
        return String.fromCharCode(Number.parseInt(octal, 8));
      }
      const code = braced ?? four ?? two;
      if (code !== undefined) {
        const point = Number.parseInt(code, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
      }
      return isLineBreak(other) ? '' : (SIMPLE_ESCAPES[other] ?? other);
    },
  );
}

/** A backslash before the end of a line continues it. */
function isLineBreak(text: string): boolean {
  return text === '\n' || text === '\r\n' || text === '\r' || text === '\u2028' || text === '\u2029';
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** JSX text and attributes know entities instead of escapes. */
export function decodeEntities(raw: string): string {
  return raw.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g,
    (whole, hex: string, decimal: string, name: string) => {
      if (name !== undefined) {
        return ENTITIES[name] ?? whole;
      }
      const point = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    },
  );
}

/** The value of a number as written: separators, hexadecimal, octal, binary, `n`. `undefined` if it is none. */
export function readNumber(raw: string): number | undefined {
  const digits = raw.replaceAll('_', '').replace(/n$/, '');
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return Number.isNaN(value) || digits === '' ? undefined : value;
}
