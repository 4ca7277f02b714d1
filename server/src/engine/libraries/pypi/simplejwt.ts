import type { LibraryModel } from '../../facts/library-model.js';

const ISSUE = { protection: 'signed', jti: 'by library' } as const;
const KEY = 'setting SIMPLE_JWT .SIGNING_KEY|setting SECRET_KEY';
const ACCESS = { at: 'setting SIMPLE_JWT .ACCESS_TOKEN_LIFETIME', as: 'seconds' } as const;
const REFRESH = { at: 'setting SIMPLE_JWT .REFRESH_TOKEN_LIFETIME', as: 'seconds' } as const;

/** Everything is a key of one setting; kinds of tokens are told apart by the library, `exp` is demanded. */
export default {
  name: 'djangorestframework-simplejwt',
  ecosystem: 'pypi',
  modules: ['rest_framework_simplejwt'],
  docs: 'https://django-rest-framework-simplejwt.readthedocs.io/en/stable/settings.html',
  calls: [
    {
      call: 'tokens.RefreshToken.for_user',
      is: 'TokenIssue',
      roles: { key: KEY, lifetime: REFRESH },
      defaults: { lifetime: 86_400 },
      fixed: { ...ISSUE, use: 'refresh' },
    },
    {
      call: 'tokens.AccessToken.for_user',
      is: 'TokenIssue',
      roles: { key: KEY, lifetime: ACCESS },
      defaults: { lifetime: 300 },
      fixed: { ...ISSUE, use: 'access' },
    },
    {
      call: 'tokens.UntypedToken',
      is: 'TokenVerify',
      roles: {
        token: 'arg 0',
        key: KEY,
        issuer: 'setting SIMPLE_JWT .ISSUER',
        audience: 'setting SIMPLE_JWT .AUDIENCE',
        result: 'return',
      },
      fixed: {
        choice: 'library-fixes',
        signature: 'checked',
        expiry: 'required',
        failure: 'throws',
        issuerKind: 'own',
      },
    },
  ],
  hooks: (['TokenObtainPairSerializer', 'TokenObtainSerializer', 'TokenObtainSlidingSerializer'] as const).map(
    (base) =>
      ({
        hook: `serializers.${base}#get_token`,
        is: 'TokenIssue',
        roles: { payload: 'value' },
        defaults: { lifetime: 'by settings' },
        fixed: { ...ISSUE, use: 'access' },
        source: 'https://django-rest-framework-simplejwt.readthedocs.io/en/stable/customizing_token_claims.html',
      }) as const,
  ),
  settings: [
    {
      setting: 'SIMPLE_JWT',
      plain: true,
      is: 'TokenIssue',
      roles: { lifetime: { at: 'value .ACCESS_TOKEN_LIFETIME', as: 'seconds' }, key: 'value .SIGNING_KEY' },
      defaults: { lifetime: 300 },
      fixed: { ...ISSUE, use: 'access' },
      source: 'https://django-rest-framework-simplejwt.readthedocs.io/en/stable/settings.html#access-token-lifetime',
    },
    {
      setting: 'SIMPLE_JWT',
      plain: true,
      is: 'TokenIssue',
      roles: { lifetime: { at: 'value .REFRESH_TOKEN_LIFETIME', as: 'seconds' }, key: 'value .SIGNING_KEY' },
      defaults: { lifetime: 86_400 },
      fixed: { ...ISSUE, use: 'refresh' },
      source: 'https://django-rest-framework-simplejwt.readthedocs.io/en/stable/settings.html#refresh-token-lifetime',
    },
    {
      setting: 'SIMPLE_JWT',
      plain: true,
      is: 'TokenVerify',
      roles: {
        key: 'value .VERIFYING_KEY|value .SIGNING_KEY',
        algorithms: 'value .ALGORITHM',
        issuer: 'value .ISSUER',
        audience: 'value .AUDIENCE',
        clockTolerance: { at: 'value .LEEWAY', as: 'seconds' },
      },
      fixed: {
        choice: 'library-fixes',
        signature: 'checked',
        expiry: 'required',
        failure: 'throws',
        handled: 'by library',
        kinds: 'library',
        issuerKind: 'own',
      },
      source: 'https://django-rest-framework-simplejwt.readthedocs.io/en/stable/settings.html',
    },
  ],
} as const satisfies LibraryModel;
