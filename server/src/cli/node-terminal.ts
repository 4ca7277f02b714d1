/** The process's own terminal. */
import type { Terminal } from './terminal.js';

/** Standard streams, the environment and the clock. */
export function nodeTerminal(): Terminal {
  return {
    cwd: process.cwd(),
    environment: process.env,
    columns: process.stdout.isTTY ? process.stdout.columns : undefined,
    hasProgress: process.stderr.isTTY === true,
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
    readInput: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
    now: () => new Date().toISOString(),
    today: () => {
      const now = new Date();
      const two = (number: number) => String(number).padStart(2, '0');
      return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    },
  };
}
