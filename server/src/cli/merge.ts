/** `authlens merge`: the results of shards, joined to the bytes of a single run. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemMessage } from '../hosts/files.js';
import { type JsonReport, writeJson } from '../report/json.js';
import { byCodeUnits } from '../report/report.js';
import { type Context, writeOutput } from './check.js';
import { UsageError } from './terminal.js';

/** Joins JSON results; those of another version or of something else are refused. */
export function merge(context: Context, files: readonly string[], output: string | undefined): number {
  const parts = files.map((file) => readPart(context, file));
  const written = writeOutput(context, { output }, writeJson(joined(parts)));
  return written === 'failed' ? 2 : 0;
}

/** One report from several over different files. */
export function joined(parts: readonly JsonReport[]): JsonReport {
  const byPath = <T extends { path: string }>(lists: readonly (readonly T[])[]) =>
    lists.flat().sort((a, b) => byCodeUnits(a.path, b.path));
  const sum = <K extends string>(key: (part: JsonReport) => Readonly<Record<K, number>>, names: readonly K[]) =>
    Object.fromEntries(
      names.map((name) => [name, parts.reduce((total, part) => total + key(part)[name], 0)]),
    ) as Record<K, number>;
  const files = byPath(parts.map((part) => part.files));
  return {
    version: 1,
    tool: parts[0]!.tool,
    files,
    skipped: byPath(parts.map((part) => part.skipped)),
    errors: byPath(parts.map((part) => part.errors)),
    summary: {
      files: files.length,
      findings: sum((part) => part.summary.findings, ['error', 'warning', 'info']),
      verdicts: sum((part) => part.summary.verdicts, ['fail', 'review', 'pass']),
    },
  };
}

function readPart({ terminal }: Context, file: string): JsonReport {
  let text: string;
  try {
    text = readFileSync(resolve(terminal.cwd, file), 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: ${systemMessage(error)}`);
  }
  const part = parsed(text);
  if (part?.version !== 1 || part.tool?.name !== 'authlens' || !Array.isArray(part.files)) {
    throw new UsageError(`${file}: is no JSON result of authlens, version 1`);
  }
  return part;
}

function parsed(text: string): JsonReport | undefined {
  try {
    return JSON.parse(text) as JsonReport;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
