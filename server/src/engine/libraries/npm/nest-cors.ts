import type { LibraryModel } from '../../facts/library-model.js';

/** Nest hands its options to the `cors` package. */
export default {
  name: 'nest-cors',
  ecosystem: 'npm',
  modules: ['@nestjs/core', '@nestjs/platform-express'],
  docs: 'https://docs.nestjs.com/security/cors',
  calls: [
    { call: '?#enableCors', is: 'CorsConfig', roles: { origins: 'arg 0 .origin', credentials: 'arg 0 .credentials' } },
  ],
} as const satisfies LibraryModel;
