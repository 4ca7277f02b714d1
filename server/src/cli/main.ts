/**
 * The command line: names, options and help of every command. What a command does is in a file of its own. Exit code 0:
 * nothing at or above the limit; 1: something; 2: usage, configuration or read error, told in one line.
 */
import { Command, CommanderError } from 'commander';
import { baseline } from './baseline.js';
import { type Context, check } from './check.js';
import { checklist } from './checklist.js';
import { explain, listRules } from './explain.js';
import { init } from './init.js';
import { mark } from './mark.js';
import { merge } from './merge.js';
import { checkOptions, FORMATS, type RawCheckOptions } from './options.js';
import { UsageError } from './terminal.js';

/** A run of the command line: the context, and the servers that it can become. */
export interface CommandLine extends Context {
  startServer(name: 'server' | 'mcp'): Promise<void>;
}

/** Carries out a command line. `undefined`: a server was started, and the process lives on. */
export async function run(commandLine: CommandLine, args: readonly string[]): Promise<number | undefined> {
  let code: number | undefined = 0;
  const program = programOf(commandLine, (result) => {
    code = result;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return failed(commandLine, error);
  }
}

function failed({ terminal }: CommandLine, error: unknown): number {
  if (error instanceof CommanderError && error.exitCode === 0) return 0;
  if (error instanceof CommanderError || error instanceof UsageError) {
    terminal.complain(`authlens: ${error.message.replace(/^error: /, '').replace(/\s+/g, ' ')}\n`);
    return 2;
  }
  const words = error instanceof Error ? error : new Error(String(error));
  const details = terminal.environment.AUTHLENS_LOG === undefined ? words.message : (words.stack ?? words.message);
  terminal.complain(`authlens: internal error: ${details}\n`);
  return 2;
}

function programOf(commandLine: CommandLine, done: (code: number | undefined) => void): Command {
  const { terminal, engine, version } = commandLine;
  const program = new Command('authlens')
    .description('Reviews authentication and authorization code.')
    .version(version, '--version', 'print the version')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.print(text),
      writeErr: (text) => terminal.complain(text),
      outputError: () => {},
    });

  reviewing(program.command('check'), 'review files and folders (default: this folder)')
    .option('--stdin', 'review a snippet from standard input')
    .option('--stdin-path <name>', 'the path that the snippet stands for')
    .option('--language <id>', 'the language of the snippet')
    .option('--fail-on <severity>', 'exit 1 from here on: error, warning, info or never', 'warning')
    .option('--shard <k/n>', 'review the K-th of N parts')
    .action(async (paths: string[], raw: RawCheckOptions) => {
      done(await check(commandLine, checkOptions(paths, raw, engine)));
    });

  reviewing(program.command('checklist'), 'print the checklist of files, ticked where the answer is known').action(
    async (paths: string[], raw: RawCheckOptions) => {
      done(await checklist(commandLine, checkOptions(paths, raw, engine)));
    },
  );

  program
    .command('explain')
    .description('explain a rule or an item of the checklist')
    .argument('<rule-or-item>')
    .option('--no-color', 'no colour')
    .action((name: string, options: { color: boolean }) => done(explain(commandLine, name, options)));

  program
    .command('rules')
    .description('list all rules')
    .option('--no-color', 'no colour')
    .action((options: { color: boolean }) => done(listRules(commandLine, options)));

  program
    .command('baseline')
    .description('accept the findings that are there today')
    .argument('<paths...>')
    .requiredOption('--reason <text>', 'why they are accepted')
    .option('--today <date>', 'the date that ignore-comments are held against')
    .action(async (paths: string[], raw: { reason: string; today?: string }) => {
      done(await baseline(commandLine, checkOptions(paths, raw, engine), raw.reason));
    });

  program
    .command('mark')
    .description('tick items of a file: a person has reviewed them')
    .argument('<path>')
    .argument('[items...]')
    .option('--all', 'every item that can be ticked')
    .option('--note <text>', 'the answer, in a line; a question needs one')
    .action(async (path: string, items: string[], raw: { all?: boolean; note?: string }) => {
      done(await mark(commandLine, { path, items: raw.all ? 'all' : items, note: raw.note }));
    });

  program
    .command('merge')
    .description('join the JSON results of shards')
    .argument('<files...>')
    .option('--output <file>', 'write there')
    .action((files: string[], options: { output?: string }) => done(merge(commandLine, files, options.output)));

  program
    .command('init')
    .description('write a configuration file, a CI job and a pre-commit hook')
    .action(async () => done(await init(commandLine)));

  program
    .command('lsp')
    .description('start the language server')
    .option('--stdio', 'talk over standard input and output')
    .action(async () => {
      await commandLine.startServer('server');
      done(undefined);
    });

  return program;
}

/** The options that every command shares that reviews paths. */
function reviewing(command: Command, description: string): Command {
  const several = (value: string, before: readonly string[] = []) => [...before, value];
  return command
    .description(description)
    .argument('[paths...]')
    .option('--format <format>', FORMATS.join(', '), 'text')
    .option('--output <file>', 'write there instead of to standard output')
    .option('--rule <id>', 'only this rule (repeatable)', several)
    .option('--item <id>', 'only this item of the checklist (repeatable)', several)
    .option('--since <rev>', 'only what changed against a revision')
    .option('--require-reviewed', 'exit 1 while a file has an item that nobody reviewed')
    .option('--independent-review', 'marks by an author of the change do not count (with --since)')
    .option('--config <file>', 'configuration file (default: the nearest authlens.config.json)')
    .option('--jobs <n>', 'worker threads')
    .option('--today <date>', 'the date that ignore-comments are held against')
    .option('--quiet', 'findings and errors alone')
    .option('--no-color', 'no colour')
    .option('--no-progress', 'no progress line');
}
