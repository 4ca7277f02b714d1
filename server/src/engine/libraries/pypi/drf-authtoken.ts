import type { LibraryModel } from '../../facts/library-model.js';

const TOKEN = {
  is: 'TokenIssue',
  fixed: { protection: 'signed', lifetime: 'never', store: 'server-side', use: 'access' },
  source: 'https://www.django-rest-framework.org/api-guide/authentication/#tokenauthentication',
} as const;

/** Random tokens in the database, without any end. */
export default {
  name: 'djangorestframework-authtoken',
  ecosystem: 'pypi',
  modules: ['rest_framework.authtoken.models'],
  docs: 'https://www.django-rest-framework.org/api-guide/authentication/#tokenauthentication',
  calls: [
    { ...TOKEN, call: 'Token.objects.get_or_create' },
    { ...TOKEN, call: 'Token.objects.create' },
  ],
} as const satisfies LibraryModel;
