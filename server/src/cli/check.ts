/** `authlens check`: read, review, print, and say with the exit code whether something stands at or above the limit. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Severity } from '../engine/index.js';
import { readSource, systemMessage } from '../hosts/files.js';
import { renderGithub } from '../report/github.js';
import { renderHtml } from '../report/html.js';
import { renderJson } from '../report/json.js';
import { renderMarkdown } from '../report/markdown.js';
import { findingsOf, type Report } from '../report/report.js';
import { renderSarif } from '../report/sarif.js';
import { COLOURED, PLAIN } from '../report/style.js';
import { renderText } from '../report/text.js';
import { oneLine } from '../report/visible.js';
import { planChange } from './change.js';
import type { Engine, Grammars } from './engine-door.js';
import { type Inputs, readInputs } from './inputs.js';
import type { CheckOptions } from './options.js';
import { type Progress, progressOn } from './progress.js';
import { review } from './review.js';
import { readSnippet } from './snippet.js';
import { type Terminal, UsageError } from './terminal.js';

/** What every command that reviews needs. */
export interface Context {
  readonly terminal: Terminal;
  readonly engine: Engine;
  readonly grammars: Grammars;
  readonly version: string;
}

/** Carries out `check` and gives the exit code. */
export async function check(context: Context, options: CheckOptions): Promise<number> {
  const report = await reportFor(context, options);
  const text = render(report, context, options);
  const written = writeOutput(context, options, text);
  return exitCode(report, options, written);
}

/** The report of what a command line names. Errors are told on standard error as they are in the report. */
export async function reportFor(context: Context, options: CheckOptions): Promise<Report> {
  const { terminal } = context;
  const progress = progressOn(terminal, options.progress && !options.quiet);
  const all = await inputsFor(context, options, progress);
  const change =
    options.since === undefined ? undefined : await planChange(terminal.cwd, options.since, options.paths, all);
  const inputs = await configured(terminal.cwd, change?.inputs ?? all, options.config);
  const report = await review(inputs, {
    ...context,
    cwd: terminal.cwd,
    change,
    marksBy: options.requireReviewed === 'by others' ? 'others' : 'anybody',
    today: options.today ?? terminal.today(),
    rules: options.rules,
    shard: options.shard,
    log: (level, message) => {
      if (terminal.environment.AUTHLENS_LOG !== undefined) terminal.complain(`authlens: ${level}: ${message}\n`);
    },
    progress: (done, of) => progress.show('Reviewing', done, of),
  });
  progress.clear();
  for (const { path, message } of report.errors) terminal.complain(`authlens: ${oneLine(path)}: ${oneLine(message)}\n`);
  return report;
}

/** With `--config`, that file holds for everything, and no other. */
async function configured(cwd: string, inputs: Inputs, config: string | undefined): Promise<Inputs> {
  if (config === undefined) return inputs;
  const walked = await readSource(config, resolve(cwd, config));
  if (walked.kind !== 'file') {
    throw new UsageError(`${oneLine(config)}: ${walked.kind === 'error' ? walked.message : walked.reason}`);
  }
  const others = inputs.files.filter(({ path }) => !/(?:^|\/)authlens\.config\.json$/.test(path));
  return { ...inputs, files: [...others, { path: 'authlens.config.json', text: walked.text, role: 'context' }] };
}

async function inputsFor(context: Context, options: CheckOptions, progress: Progress): Promise<Inputs> {
  const { terminal } = context;
  const count = (files: number) => progress.show('Reading', files, undefined);
  return options.input === undefined
    ? readInputs(terminal.cwd, options.paths, count)
    : readSnippet(context, options.input, count);
}

function render(report: Report, { terminal, engine }: Context, options: CheckOptions): string {
  const remedyOf = (id: string) => engine.RULES.find((rule) => rule.id === id)?.remedy;
  switch (options.format) {
    case 'json':
      return renderJson(report);
    case 'sarif':
      return renderSarif(report, engine.RULES);
    case 'markdown':
      return renderMarkdown(report, { remedyOf });
    case 'github':
      return renderGithub(report);
    case 'html':
      return renderHtml(report, { remedyOf });
    case 'text':
      return renderText(report, {
        style: hasColour(terminal, options) ? COLOURED : PLAIN,
        width: widthOf(terminal, options),
        remedyOf,
        extent: options.quiet ? 'findings' : 'all',
        waiting: options.requireReviewed === 'no' ? 'untold' : 'told',
      });
  }
}

/** Colour on a terminal, unless `NO_COLOR` or the option says otherwise; `FORCE_COLOR` asks for it anywhere. */
export function hasColour(
  { environment, columns }: Terminal,
  options: { color: boolean; output?: string | undefined },
) {
  if (!options.color || options.output !== undefined) return false;
  if (environment.NO_COLOR !== undefined && environment.NO_COLOR !== '') return false;
  if (environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '0') return true;
  return columns !== undefined && environment.TERM !== 'dumb';
}

/** The terminal's width within what reads well; without a terminal, a page's. */
export function widthOf({ columns }: Terminal, options: { output?: string | undefined }): number {
  const width = options.output === undefined ? (columns ?? 100) : 100;
  return Math.min(160, Math.max(40, width));
}

/** Writes a result to standard output or to the file that was asked for. */
export function writeOutput(
  { terminal }: Context,
  { output }: { readonly output?: string | undefined },
  text: string,
): 'written' | 'failed' {
  if (output === undefined) {
    terminal.print(text);
    return 'written';
  }
  try {
    writeFileSync(resolve(terminal.cwd, output), text);
    return 'written';
  } catch (error) {
    terminal.complain(`authlens: ${oneLine(output)}: ${systemMessage(error)}\n`);
    return 'failed';
  }
}

const WEIGHT: Readonly<Record<Severity | 'never', number>> = { info: 0, warning: 1, error: 2, never: 3 };

/** What a run comes to: an error beats a finding, and a finding or a missing review beats nothing. */
export function exitCode(
  report: Report,
  { failOn, requireReviewed }: Pick<CheckOptions, 'failOn' | 'requireReviewed'>,
  written: 'written' | 'failed',
): number {
  if (written === 'failed' || report.errors.length > 0) return 2;
  const counts = findingsOf(report).some(
    ({ finding }) =>
      finding.accepted === null && finding.change !== 'unchanged' && WEIGHT[finding.severity] >= WEIGHT[failOn],
  );
  const waits = requireReviewed !== 'no' && report.files.some(({ items }) => items.some(({ open }) => open));
  return counts || waits ? 1 : 0;
}
