import type { LibraryModel } from '../../facts/library-model.js';

const PROVIDER = {
  choice: 'library-fixes',
  keyKind: 'set',
  signature: 'checked',
  failure: 'throws',
  issuerKind: 'provider',
  issuer: 'checked',
  expiry: 'required',
  kinds: 'library',
} as const;

/** A provider's own verifier. Google's takes any client's token where no audience is given. */
export default {
  name: 'google-auth',
  ecosystem: 'pypi',
  modules: ['google.oauth2.id_token'],
  docs: 'https://google-auth.readthedocs.io/en/latest/reference/google.oauth2.id_token.html',
  calls: [
    {
      call: 'verify_oauth2_token',
      is: 'TokenVerify',
      roles: { token: 'arg 0|named id_token', audience: 'arg 2|named audience', result: 'return' },
      fixed: PROVIDER,
    },
    {
      call: 'verify_token',
      is: 'TokenVerify',
      roles: { token: 'arg 0|named id_token', audience: 'arg 2|named audience', result: 'return' },
      fixed: { ...PROVIDER, issuer: null },
    },
    {
      call: 'verify_firebase_token',
      is: 'TokenVerify',
      roles: { token: 'arg 0|named id_token', audience: 'arg 2|named audience', result: 'return' },
      fixed: PROVIDER,
    },
    {
      call: 'pypi:firebase_admin.auth.verify_id_token',
      is: 'TokenVerify',
      roles: { token: 'arg 0|named id_token', result: 'return' },
      fixed: { ...PROVIDER, audience: 'checked' },
      source: 'https://firebase.google.com/docs/auth/admin/verify-id-tokens',
    },
  ],
} as const satisfies LibraryModel;
