import type { LibraryModel } from '../../facts/library-model.js';

/** Keycloak's client for Go: `Login` is the password grant. */
export default {
  name: 'gocloak',
  ecosystem: 'go',
  modules: [
    'github.com/Nerzal/gocloak/v13',
    'github.com/Nerzal/gocloak/v12',
    'github.com/Nerzal/gocloak/v11',
    'github.com/Nerzal/gocloak/v10',
    'github.com/Nerzal/gocloak',
  ],
  docs: 'https://pkg.go.dev/github.com/Nerzal/gocloak/v13#GoCloak.Login',
  calls: [
    { call: 'NewClient', returns: 'GoCloak' },
    {
      call: 'GoCloak#Login',
      is: 'TokenRequest',
      roles: { clientId: 'arg 1', clientSecret: 'arg 2', username: 'arg 4', password: 'arg 5' },
      fixed: { side: 'sends', grantType: 'password', endpoint: '/realms/' },
    },
    {
      call: 'GoCloak#LoginClient',
      is: 'TokenRequest',
      roles: { clientId: 'arg 1', clientSecret: 'arg 2' },
      fixed: { side: 'sends', grantType: 'client_credentials', endpoint: '/realms/' },
    },
    {
      call: 'GoCloak#RefreshToken',
      is: 'TokenRequest',
      roles: { refreshToken: 'arg 1', clientId: 'arg 2', clientSecret: 'arg 3' },
      fixed: { side: 'sends', grantType: 'refresh_token', endpoint: '/realms/' },
    },
  ],
} as const satisfies LibraryModel;
