/** Colour, or none: a report is written with these words and reads the same without them. */
import type { Severity } from '../engine/index.js';

export interface Style {
  strong(text: string): string;
  faint(text: string): string;
  path(text: string): string;
  bad(text: string): string;
  doubtful(text: string): string;
  good(text: string): string;
  note(text: string): string;
}

const same = (text: string): string => text;

export const PLAIN: Style = {
  strong: same,
  faint: same,
  path: same,
  bad: same,
  doubtful: same,
  good: same,
  note: same,
};

export const COLOURED: Style = {
  strong: sequence(1, 22),
  faint: sequence(2, 22),
  path: sequence(36, 39),
  bad: sequence(31, 39),
  doubtful: sequence(33, 39),
  good: sequence(32, 39),
  note: sequence(34, 39),
};

/** The colour of a severity. */
export function paintSeverity(style: Style, severity: Severity, text: string): string {
  switch (severity) {
    case 'error':
      return style.bad(text);
    case 'warning':
      return style.doubtful(text);
    case 'info':
      return style.note(text);
  }
}

function sequence(on: number, off: number): (text: string) => string {
  return (text) => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`);
}
