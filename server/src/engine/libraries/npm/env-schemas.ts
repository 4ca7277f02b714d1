import type { LibraryModel } from '../../facts/library-model.js';

/** Small libraries that read and check the environment at start-up. */
export default {
  name: 'env-schemas',
  ecosystem: 'npm',
  modules: ['envalid'],
  docs: 'https://github.com/af/envalid#api',
  calls: [
    { call: 'cleanEnv', gives: { schemaOf: 'arg 1' } },
    {
      call: 'npm:@t3-oss/env-nextjs.createEnv',
      gives: { schemaOf: 'arg 0 .server' },
      source: 'https://env.t3.gg/docs/nextjs',
    },
    {
      call: 'npm:@t3-oss/env-core.createEnv',
      gives: { schemaOf: 'arg 0 .server' },
      source: 'https://env.t3.gg/docs/core',
    },
    {
      call: 'npm:env-var.get',
      returns: 'npm:env-var.Variable',
      gives: { environment: 'arg 0' },
      source: 'https://github.com/evanshortiss/env-var#api',
    },
    {
      call: 'npm:@nestjs/config.ConfigService#get',
      gives: { environment: 'arg 0', fallback: 'arg 1' },
      source: 'https://docs.nestjs.com/techniques/configuration',
    },
    { call: 'npm:@nestjs/config.ConfigService#getOrThrow', gives: { environment: 'arg 0', missing: 'throws' } },
  ],
} as const satisfies LibraryModel;
