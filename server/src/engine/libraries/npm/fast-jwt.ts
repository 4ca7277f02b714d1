import type { LibraryModel } from '../../facts/library-model.js';

/** Signers and verifiers are made once, and called later. */
export default {
  name: 'fast-jwt',
  ecosystem: 'npm',
  modules: ['fast-jwt'],
  docs: 'https://github.com/nearform/fast-jwt#readme',
  calls: [
    {
      call: 'createSigner',
      is: 'TokenIssue',
      roles: {
        key: 'arg 0 .key',
        algorithm: 'arg 0 .algorithm',
        lifetime: { at: 'arg 0 .expiresIn', as: 'milliseconds' },
        issuer: 'arg 0 .iss',
        audience: 'arg 0 .aud',
        jti: 'arg 0 .jti',
      },
      fixed: { protection: 'signed' },
      write: { lifetime: { at: 'arg 0 .expiresIn', text: "'15m'" } },
      source: 'https://github.com/nearform/fast-jwt#createsigner',
    },
    {
      call: 'createVerifier',
      is: 'TokenVerify',
      roles: {
        key: 'arg 0 .key',
        algorithms: 'arg 0 .algorithms',
        issuer: 'arg 0 .allowedIss',
        audience: 'arg 0 .allowedAud',
        clockTolerance: { at: 'arg 0 .clockTolerance', as: 'milliseconds' },
      },
      meaning: {
        expiry: [
          { at: 'arg 0 .ignoreExpiration', when: { true: 'skipped' } },
          { at: 'arg 0 .requiredClaims', when: { exp: 'required' } },
        ],
        missingIssuer: { at: 'arg 0 .requiredClaims', when: { iss: 'refused' } },
        missingAudience: { at: 'arg 0 .requiredClaims', when: { aud: 'refused' } },
      },
      // A token without the claim passes unless it is among the required ones.
      defaults: { expiry: 'checked', missingIssuer: 'accepted', missingAudience: 'accepted' },
      fixed: {
        choice: 'key-fixes-family',
        signature: 'checked',
        failure: 'throws',
        handled: 'by library',
        issuerPattern: 'searched',
        audiencePattern: 'searched',
      },
      source: 'https://github.com/nearform/fast-jwt#createverifier',
    },
    { call: 'createDecoder', returns: 'Decoder' },
    { call: 'Decoder#call', is: 'TokenDecode', roles: { token: 'arg 0' }, fixed: { part: 'payload' } },
  ],
} as const satisfies LibraryModel;
