/** Entry of the language server: over node ipc as the extension starts it, over stdio for other editors. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import * as engine from './engine/index.js';
import { nodeServerHost } from './hosts/node.js';
import { productVersion } from './hosts/product.js';
import { startServer } from './lsp/server.js';

startServer(createConnection(ProposedFeatures.all), { ...nodeServerHost, version: productVersion() }, engine);
