import type { LibraryModel } from '../../facts/library-model.js';

const BY_ITSELF = { stateBy: 'library', responseType: 'code', client: 'server' } as const;

/** Sign-in middleware for servers that makes, keeps and compares `state` by itself. */
export default {
  name: 'server-oauth',
  ecosystem: 'npm',
  modules: ['express-openid-connect'],
  docs: 'https://auth0.github.io/express-openid-connect/',
  calls: [
    {
      call: 'auth',
      is: 'AuthorizationRequest',
      roles: {
        responseType: 'arg 0 .authorizationParams .response_type',
        responseMode: 'arg 0 .authorizationParams .response_mode',
        scope: 'arg 0 .authorizationParams .scope',
      },
      defaults: { responseType: 'id_token', responseMode: 'form_post' },
      fixed: { stateBy: 'library', pkceBy: 'library', client: 'server' },
      source: 'https://github.com/auth0/express-openid-connect/blob/v2.18.0/lib/config.js',
    },
    {
      call: 'npm:@auth0/nextjs-auth0/server.Auth0Client',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .authorizationParameters .scope' },
      fixed: { ...BY_ITSELF, pkceBy: 'library' },
    },
    {
      call: 'npm:@auth0/nextjs-auth0.handleAuth',
      is: 'AuthorizationRequest',
      fixed: { ...BY_ITSELF, pkceBy: 'library' },
    },
    {
      call: 'npm:@fastify/oauth2',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 1 .scope', redirectUri: 'arg 1 .callbackUri' },
      meaning: {
        pkceBy: { at: 'arg 1 .pkce', when: { S256: 'library', plain: 'caller' } },
        challengeMethod: { at: 'arg 1 .pkce', when: { plain: 'plain' } },
      },
      defaults: { pkceBy: 'caller' },
      fixed: BY_ITSELF,
    },
    {
      call: '?#getAccessTokenFromAuthorizationCodeFlow',
      is: 'TokenRequest',
      fixed: {
        side: 'sends',
        grantType: 'authorization_code',
        verifierBy: 'library',
        stateBy: 'library',
        auth: 'by the library',
      },
    },
    {
      call: 'npm:@hono/oauth-providers/google.googleAuth',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .scope' },
      fixed: { ...BY_ITSELF, pkceBy: 'caller', provider: 'google' },
    },
    {
      call: 'npm:@hono/oauth-providers/github.githubAuth',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .scope' },
      fixed: { ...BY_ITSELF, pkceBy: 'caller', provider: 'github' },
    },
    {
      call: 'npm:@hono/oauth-providers/discord.discordAuth',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .scope' },
      fixed: { ...BY_ITSELF, pkceBy: 'caller', provider: 'discord' },
    },
    {
      call: 'npm:@hono/oidc-auth.oidcAuthMiddleware',
      is: 'AuthorizationRequest',
      fixed: { ...BY_ITSELF, pkceBy: 'library' },
    },
    {
      call: 'npm:remix-auth-oauth2.OAuth2Strategy',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .scopes', redirectUri: 'arg 0 .redirectURI' },
      fixed: { ...BY_ITSELF, pkceBy: 'library' },
    },
    {
      call: 'npm:defineOAuthGoogleEventHandler',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .config .scope' },
      fixed: { ...BY_ITSELF, pkceBy: 'caller', provider: 'google' },
    },
    {
      call: 'npm:defineOAuthGitHubEventHandler',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .config .scope' },
      fixed: { ...BY_ITSELF, pkceBy: 'caller', provider: 'github' },
    },
    {
      call: 'npm:defineOAuthKeycloakEventHandler',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .config .scope' },
      fixed: { ...BY_ITSELF, pkceBy: 'library' },
    },
    {
      call: 'npm:defineOAuthAuth0EventHandler',
      is: 'AuthorizationRequest',
      roles: { scope: 'arg 0 .config .scope' },
      fixed: { ...BY_ITSELF, pkceBy: 'library' },
    },
    {
      call: 'npm:better-auth.betterAuth',
      is: 'AuthorizationRequest',
      when: { 'arg 0 .socialProviders': 'present' },
      roles: { scope: 'arg 0 .socialProviders .github .scope|arg 0 .socialProviders .google .scope' },
      fixed: { ...BY_ITSELF, pkceBy: 'library' },
    },
    {
      call: 'npm:@azure/msal-node.ConfidentialClientApplication#getAuthCodeUrl',
      is: 'AuthorizationRequest',
      roles: {
        state: 'arg 0 .state',
        nonce: 'arg 0 .nonce',
        scope: 'arg 0 .scopes',
        redirectUri: 'arg 0 .redirectUri',
        challenge: 'arg 0 .codeChallenge',
        challengeMethod: 'arg 0 .codeChallengeMethod',
      },
      fixed: { responseType: 'code', stateBy: 'caller', pkceBy: 'caller', provider: 'microsoft' },
    },
    {
      call: 'npm:@azure/msal-node.ConfidentialClientApplication#acquireTokenByCode',
      is: 'TokenRequest',
      roles: { code: 'arg 0 .code', verifier: 'arg 0 .codeVerifier', expectedState: 'arg 0 .state' },
      fixed: {
        side: 'sends',
        grantType: 'authorization_code',
        verifierBy: 'caller',
        auth: 'by the library',
        stateBy: 'expected',
      },
      source:
        'https://github.com/AzureAD/microsoft-authentication-library-for-js/blob/dev/lib/msal-node/src/client/ClientApplication.ts',
    },
    {
      call: '?#getAuthCodeUrl',
      is: 'AuthorizationRequest',
      roles: {
        state: 'arg 0 .state',
        nonce: 'arg 0 .nonce',
        scope: 'arg 0 .scopes',
        redirectUri: 'arg 0 .redirectUri',
        challenge: 'arg 0 .codeChallenge',
        challengeMethod: 'arg 0 .codeChallengeMethod',
      },
      fixed: { responseType: 'code', stateBy: 'caller', pkceBy: 'caller', provider: 'microsoft' },
    },
    {
      call: '?#acquireTokenByCode',
      is: 'TokenRequest',
      roles: { code: 'arg 0 .code', verifier: 'arg 0 .codeVerifier' },
      fixed: { side: 'sends', grantType: 'authorization_code', verifierBy: 'caller', auth: 'by the library' },
    },
    {
      call: '?#acquireTokenByUsernamePassword',
      is: 'TokenRequest',
      roles: { username: 'arg 0 .username', password: 'arg 0 .password' },
      fixed: { side: 'sends', grantType: 'password', endpoint: '/oauth2/v2.0/token' },
    },
    {
      call: '?#acquireTokenByClientCredential',
      is: 'TokenRequest',
      roles: { scope: 'arg 0 .scopes' },
      fixed: { side: 'sends', grantType: 'client_credentials', auth: 'by the library' },
    },
  ],
} as const satisfies LibraryModel;
