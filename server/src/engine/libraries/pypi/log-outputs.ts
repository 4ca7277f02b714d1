import type { LibraryModel } from '../../facts/library-model.js';

/** Where texts go that are no logger by name: `print`, the streams, error trackers; and libraries that print tokens when told to debug. */
export default {
  name: 'log outputs',
  ecosystem: 'pypi',
  modules: [''],
  docs: 'https://docs.python.org/3/library/functions.html#print',
  calls: [
    { call: 'print', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'pprint.pprint', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'pprint.pp', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'rich.print', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'sys.stdout.write', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'sys.stderr.write', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'warnings.warn', is: 'LogWrite', fixed: { level: 'warning' } },
    { call: 'click.echo', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'typer.echo', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'sentry_sdk.capture_message', is: 'LogWrite', fixed: { level: 'error' } },
    { call: 'sentry_sdk.set_context', is: 'LogWrite', fixed: { level: 'info' } },
    { call: 'sentry_sdk.set_extra', is: 'LogWrite', fixed: { level: 'info' } },
    { call: 'loguru.logger.trace', is: 'LogWrite', fixed: { level: 'trace' } },
    { call: 'loguru.logger.debug', is: 'LogWrite', fixed: { level: 'debug' } },
    { call: 'loguru.logger.info', is: 'LogWrite', fixed: { level: 'info' } },
    { call: 'loguru.logger.success', is: 'LogWrite', fixed: { level: 'info' } },
    { call: 'loguru.logger.warning', is: 'LogWrite', fixed: { level: 'warning' } },
    { call: 'loguru.logger.error', is: 'LogWrite', fixed: { level: 'error' } },
    { call: 'loguru.logger.exception', is: 'LogWrite', fixed: { level: 'error' } },
    { call: 'oauthlib.set_debug', is: 'LibraryDebug', roles: { on: 'arg 0' }, fixed: { prints: 'tokens' } },
  ],
} as const satisfies LibraryModel;
