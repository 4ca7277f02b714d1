/** One line on standard error that is written over, and wiped at the end. */
import type { Terminal } from './terminal.js';

export interface Progress {
  show(what: string, done: number, of: number | undefined): void;
  clear(): void;
}

const SILENT: Progress = { show: () => {}, clear: () => {} };
const EVERY_MILLISECONDS = 80;
const BAR = 24;

/** A progress line on a terminal; nothing anywhere else. */
export function progressOn(terminal: Terminal, wanted: boolean): Progress {
  if (!wanted || !terminal.hasProgress) return SILENT;
  let last = 0;
  let isShown = false;
  return {
    show(what, done, of) {
      const now = performance.now();
      if (now - last < EVERY_MILLISECONDS) return;
      last = now;
      isShown = true;
      terminal.complain(
        `\r\u001b[K${of === undefined ? `${what} ${done} files` : `${what} ${bar(done, of)} ${done}/${of}`}`,
      );
    },
    clear() {
      if (isShown) terminal.complain('\r\u001b[K');
      isShown = false;
    },
  };
}

function bar(done: number, of: number): string {
  const filled = Math.round((done / Math.max(1, of)) * BAR);
  return '━'.repeat(filled) + '╌'.repeat(BAR - filled);
}
