import type { LibraryModel } from '../../facts/library-model.js';

export default {
  name: 'zod',
  ecosystem: 'npm',
  modules: ['zod', 'zod.z', 'zod/v4', 'zod/v4.z', 'zod/v3', 'zod/v3.z'],
  docs: 'https://zod.dev/api#objects',
  calls: [
    { call: 'object', returns: 'ZodObject' },
    { call: 'strictObject', returns: 'ZodObject' },
    { call: 'looseObject', returns: 'ZodObject' },
    { call: 'ZodObject#parse', gives: { schemaOf: 'receiver made arg 0' } },
    { call: 'ZodObject#parseAsync', gives: { schemaOf: 'receiver made arg 0' } },
    { call: 'ZodObject#strict', gives: { same: 'receiver' } },
    { call: 'ZodObject#passthrough', gives: { same: 'receiver' } },
    { call: 'ZodObject#strip', gives: { same: 'receiver' } },
  ],
} as const satisfies LibraryModel;
