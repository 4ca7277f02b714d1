import type { LibraryModel } from '../../facts/library-model.js';

/** Names of scopes in go-oidc, and the verifier of x/oauth2. */
export default {
  name: 'go-oidc',
  ecosystem: 'go',
  modules: ['github.com/coreos/go-oidc/v3/oidc', 'github.com/coreos/go-oidc/oidc', 'github.com/coreos/go-oidc'],
  docs: 'https://pkg.go.dev/github.com/coreos/go-oidc/v3/oidc',
  members: [
    { member: 'ScopeOpenID', gives: { literal: 'openid' } },
    { member: 'ScopeOfflineAccess', gives: { literal: 'offline_access' } },
  ],
  calls: [{ call: 'go:golang.org/x/oauth2.GenerateVerifier', gives: { random: 'cryptographic', bytes: 32 } }],
} as const satisfies LibraryModel;
