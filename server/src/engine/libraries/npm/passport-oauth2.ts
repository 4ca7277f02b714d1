import type { LibraryModel } from '../../facts/library-model.js';

/** A strategy is an authorization request that is made later: `state` and PKCE are off unless they are asked for. */
const STRATEGY = {
  is: 'AuthorizationRequest',
  roles: {
    clientId: 'arg 0 .clientID',
    scope: 'arg 0 .scope',
    redirectUri: 'arg 0 .callbackURL',
    endpoint: 'arg 0 .authorizationURL',
  },
  meaning: {
    stateBy: [
      { at: 'arg 0 .state', when: { true: 'library', false: 'off' } },
      { at: 'arg 0 .store', when: { true: 'library', false: 'off' } },
    ],
    pkceBy: { at: 'arg 0 .pkce', when: { true: 'library', S256: 'library', plain: 'caller', false: 'caller' } },
    challengeMethod: { at: 'arg 0 .pkce', when: { plain: 'plain' } },
  },
  defaults: { stateBy: 'off', pkceBy: 'caller' },
  fixed: { responseType: 'code', client: 'server' },
  write: { state: { at: 'arg 0 .state', text: 'true' }, challenge: { at: 'arg 0 .pkce', text: 'true' } },
  source: 'https://github.com/jaredhanson/passport-oauth2/blob/v1.8.0/lib/strategy.js',
} as const;
const WITH_STORE = {
  ...STRATEGY,
  when: { 'arg 0 .store': 'present' },
  defaults: { stateBy: 'library', pkceBy: 'caller' },
} as const;
const WITHOUT_STORE = { ...STRATEGY, when: { 'arg 0 .store': 'absent' } } as const;

const row = <N extends string, P extends string>(call: N, provider: P) =>
  [
    { call, ...WITHOUT_STORE, fixed: { ...STRATEGY.fixed, provider } },
    { call, ...WITH_STORE, fixed: { ...STRATEGY.fixed, provider } },
  ] as const;

const both = <M extends string, P extends string>(module: M, provider: P) => [
  ...row(`npm:${module}.Strategy`, provider),
  ...row(`npm:${module}`, provider),
];

/** Starts a strategy, or ends it, in a route: what it does was said where the strategy was made. */
const ROUTE = {
  is: 'AuthorizationRequest',
  roles: { scope: 'arg 1 .scope', strategy: 'arg 0' },
  fixed: { stateBy: 'configured', pkceBy: 'configured', responseType: 'code', client: 'server' },
} as const;
const route = <P extends string>(provider: P) => ({
  call: 'npm:passport.authenticate',
  ...ROUTE,
  when: { 'arg 0': provider },
});

/** Passport's OAuth 2.0 strategies, that all extend one. */
export default {
  name: 'passport-oauth2',
  ecosystem: 'npm',
  modules: ['passport-oauth2'],
  docs: 'https://www.passportjs.org/packages/passport-oauth2/',
  calls: [
    ...row('OAuth2Strategy', 'oauth2'),
    ...row('Strategy', 'oauth2'),
    ...row('', 'oauth2'),
    ...both('passport-google-oauth20', 'google'),
    ...both('passport-google-oauth2', 'google'),
    ...row('npm:passport-google-oauth.OAuth2Strategy', 'google'),
    ...both('passport-github2', 'github'),
    ...both('passport-github', 'github'),
    ...both('passport-facebook', 'facebook'),
    ...both('passport-discord', 'discord'),
    ...both('passport-linkedin-oauth2', 'linkedin'),
    ...both('passport-microsoft', 'microsoft'),
    ...both('passport-spotify', 'spotify'),
    ...both('passport-slack-oauth2', 'slack'),
    ...both('passport-gitlab2', 'gitlab'),
    ...both('passport-bitbucket-oauth2', 'bitbucket'),
    ...both('passport-twitch-new', 'twitch'),
    ...both('passport-dropbox-oauth2', 'dropbox'),
    ...both('passport-strava-oauth2', 'strava'),
    ...both('passport-amazon', 'amazon'),
    ...both('passport-instagram', 'instagram'),
    ...both('passport-yahoo-oauth2', 'yahoo'),
    ...both('passport-42', '42'),
    ...both('passport-kakao', 'kakao'),
    ...both('passport-line', 'line'),
    route('google'),
    route('github'),
    route('facebook'),
    route('discord'),
    route('linkedin'),
    route('microsoft'),
    route('spotify'),
    route('slack'),
    route('Slack'),
    route('gitlab'),
    route('bitbucket'),
    route('twitch'),
    route('oauth2'),
    route('oauth'),
    route('oidc'),
    route('openidconnect'),
    route('openid-client'),
    route('auth0'),
    route('azuread-openidconnect'),
    route('azure_ad_oauth2'),
    route('keycloak'),
    route('okta'),
    route('sso'),
    route('amazon'),
    route('strava'),
  ],
} as const satisfies LibraryModel;
