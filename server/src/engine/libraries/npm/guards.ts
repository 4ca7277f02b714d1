import type { LibraryModel } from '../../facts/library-model.js';

/** Middleware and classes of libraries that let only some requests pass. */
export default {
  name: 'guards',
  ecosystem: 'npm',
  modules: ['passport'],
  docs: 'https://www.passportjs.org/concepts/authentication/middleware/',
  calls: [
    {
      call: 'authenticate',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
      when: { 'arg 1': 'absent' },
    },
    {
      call: 'authenticate',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
      when: { 'arg 1': 'present', 'arg 2': 'absent' },
    },
    {
      call: 'authenticate',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'optional' },
      when: { 'arg 2': 'present' },
    },
    { call: 'npm:express-jwt.expressjwt', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { call: 'npm:express-jwt.expressJwt', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { call: 'npm:express-jwt', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { call: 'npm:express-oauth2-jwt-bearer.auth', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    {
      call: 'npm:express-oauth2-jwt-bearer.requiredScopes',
      is: 'Guard',
      fixed: { proves: 'role', outcome: 'rejects' },
    },
    { call: 'npm:express-oauth2-jwt-bearer.claimIncludes', is: 'Guard', fixed: { proves: 'role', outcome: 'rejects' } },
    { call: 'npm:express-oauth2-jwt-bearer.claimEquals', is: 'Guard', fixed: { proves: 'role', outcome: 'rejects' } },
    {
      call: 'npm:express-openid-connect.requiresAuth',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
    { call: 'npm:express-openid-connect.claimIncludes', is: 'Guard', fixed: { proves: 'role', outcome: 'rejects' } },
    { call: 'npm:express-openid-connect.claimEquals', is: 'Guard', fixed: { proves: 'role', outcome: 'rejects' } },
    {
      call: 'npm:connect-ensure-login.ensureLoggedIn',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
    { call: 'npm:@clerk/express.requireAuth', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    {
      call: 'npm:@clerk/clerk-sdk-node.ClerkExpressRequireAuth',
      is: 'Guard',
      fixed: { proves: 'authenticated', outcome: 'rejects' },
    },
    { call: 'npm:koa-jwt', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { call: 'npm:koa-passport.authenticate', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { call: 'npm:hono/jwt.jwt', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { call: 'npm:hono/jwk.jwk', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { call: 'npm:hono/bearer-auth.bearerAuth', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { call: 'npm:hono/basic-auth.basicAuth', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { call: 'npm:express-basic-auth', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { call: 'npm:@nestjs/passport.AuthGuard', is: 'Guard', fixed: { proves: 'authenticated', outcome: 'rejects' } },
    { call: 'npm:express-jwt-permissions()#check', is: 'Guard', fixed: { proves: 'role', outcome: 'rejects' } },
  ],
  members: [],
} as const satisfies LibraryModel;
