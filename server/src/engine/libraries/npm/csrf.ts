import type { LibraryModel } from '../../facts/library-model.js';

const TOKEN = { is: 'CsrfDefence', fixed: { kind: 'token' } } as const;
const ORIGIN = { is: 'CsrfDefence', fixed: { kind: 'originCheck' } } as const;

/** Checks against cross-site requests. */
export default {
  name: 'csrf',
  ecosystem: 'npm',
  modules: ['csurf', 'tiny-csrf', 'koa-csrf', 'csrf'],
  docs: 'https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html',
  calls: [
    { call: '', ...TOKEN },
    { call: 'npm:csrf-csrf.doubleCsrf', ...TOKEN },
    { call: 'npm:csrf-sync.csrfSync', ...TOKEN },
    { call: 'npm:lusca.csrf', ...TOKEN },
    { call: 'npm:lusca', ...TOKEN },
    { call: 'npm:hono/csrf.csrf', ...ORIGIN },
    { call: 'npm:@edge-csrf/nextjs.createCsrfProtect', ...TOKEN },
    { call: 'npm:@edge-csrf/nextjs.createCsrfMiddleware', ...TOKEN },
    { call: '?#register', when: { 'arg 0': 'npm:@fastify/csrf-protection' }, ...TOKEN },
  ],
} as const satisfies LibraryModel;
