import type { LibraryModel } from '../../facts/library-model.js';

/** Where texts go that are no logger by name: the process's own streams, error trackers, `debug`. */
export default {
  name: 'log outputs',
  ecosystem: 'npm',
  modules: [''],
  docs: 'https://docs.sentry.io/platforms/javascript/enriching-events/context/',
  calls: [
    { call: 'process.stdout.write', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'process.stderr.write', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'npm:debug', returns: 'npm:debug.Debugger' },
    { call: 'npm:debug.Debugger#call', is: 'LogWrite', fixed: { level: 'debug' } },
    { call: 'npm:@sentry/node.captureMessage', is: 'LogWrite', fixed: { level: 'error' } },
    { call: 'npm:@sentry/node.captureException', is: 'LogWrite', fixed: { level: 'error' } },
    { call: 'npm:@sentry/node.setContext', is: 'LogWrite', fixed: { level: 'info' } },
    { call: 'npm:@sentry/node.setExtra', is: 'LogWrite', fixed: { level: 'info' } },
    { call: 'npm:@sentry/node.setExtras', is: 'LogWrite', fixed: { level: 'info' } },
    { call: 'npm:@sentry/node.addBreadcrumb', is: 'LogWrite', fixed: { level: 'info' } },
    { call: 'npm:@sentry/react.captureMessage', is: 'LogWrite', fixed: { level: 'error' } },
    { call: 'npm:@sentry/react.captureException', is: 'LogWrite', fixed: { level: 'error' } },
    { call: 'npm:@sentry/react.setContext', is: 'LogWrite', fixed: { level: 'info' } },
    { call: 'npm:@sentry/nextjs.captureMessage', is: 'LogWrite', fixed: { level: 'error' } },
    { call: 'npm:@sentry/nextjs.captureException', is: 'LogWrite', fixed: { level: 'error' } },
    { call: 'npm:@sentry/nextjs.setContext', is: 'LogWrite', fixed: { level: 'info' } },
  ],
} as const satisfies LibraryModel;
