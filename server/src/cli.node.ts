/** The command line on Node. */
import { type CommandLine, run } from './cli/main.js';
import { nodeTerminal } from './cli/node-terminal.js';
import { createWorkspace, RULES } from './engine/index.js';
import { nodeWorkspaceOptions } from './hosts/node.js';
import { productVersion, startBundle } from './hosts/product.js';

const { grammar, runtime } = nodeWorkspaceOptions(() => {});
const commandLine: CommandLine = {
  engine: { createWorkspace, RULES },
  grammars: { grammar, runtime },
  version: productVersion(),
  terminal: nodeTerminal(),
  startServer: startBundle,
};

// A reader that closes early (`authlens check | head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// The exit code is left behind rather than forced, so that all output arrives first.
void run(commandLine, process.argv.slice(2)).then((code) => {
  if (code !== undefined) process.exitCode = code;
});
