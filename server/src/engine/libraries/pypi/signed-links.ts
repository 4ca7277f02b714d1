import type { LibraryModel } from '../../facts/library-model.js';

/** The time that a signed link may be used is said where it is opened. */
const LINK = {
  is: 'LinkOpen',
  roles: { lifetime: { at: 'named max_age', as: 'seconds' }, token: 'arg 0' },
} as const;

export default {
  name: 'itsdangerous',
  ecosystem: 'pypi',
  modules: ['itsdangerous'],
  docs: 'https://itsdangerous.palletsprojects.com/en/stable/timed/',
  calls: [
    { ...LINK, call: 'URLSafeTimedSerializer#loads' },
    { ...LINK, call: 'TimedSerializer#loads' },
    { ...LINK, call: 'pypi:itsdangerous.url_safe.URLSafeTimedSerializer#loads' },
    {
      ...LINK,
      call: 'pypi:django.core.signing.loads',
      source: 'https://docs.djangoproject.com/en/stable/topics/signing/',
    },
    { ...LINK, call: 'pypi:django.core.signing.TimestampSigner#unsign' },
  ],
  settings: [
    {
      setting: 'PASSWORD_RESET_TIMEOUT',
      plain: true,
      is: 'TokenIssue',
      roles: { lifetime: { at: 'value', as: 'seconds' } },
      fixed: { protection: 'signed', use: 'reset' },
      source: 'https://docs.djangoproject.com/en/stable/ref/settings/#password-reset-timeout',
    },
  ],
} as const satisfies LibraryModel;
