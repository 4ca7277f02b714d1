/** What a command sees of the world around it; tests give their own. */
export interface Terminal {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Columns of standard output, or `undefined` when it is no terminal. */
  readonly columns: number | undefined;
  readonly hasProgress: boolean;
  /** Writes to standard output. */
  print(text: string): void;
  /** Writes to standard error. */
  complain(text: string): void;
  readInput(): Promise<Uint8Array>;
  /** The day that ignore-comments are held against when nobody says another. */
  today(): string;
  /** This moment, ISO 8601, UTC. */
  now(): string;
}

/** A command line that can't be carried out: told in one line, exit code 2. */
export class UsageError extends Error {}
