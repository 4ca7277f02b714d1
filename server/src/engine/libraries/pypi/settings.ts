import type { LibraryModel } from '../../facts/library-model.js';

/** Libraries that read settings from the environment. A name without a default is demanded when it is read. */
export default {
  name: 'pydantic-settings',
  ecosystem: 'pypi',
  modules: ['pydantic_settings'],
  docs: 'https://docs.pydantic.dev/latest/concepts/pydantic_settings/',
  bases: [
    { base: 'BaseSettings', fields: 'environment' },
    { base: 'pypi:pydantic.BaseSettings', fields: 'environment' },
  ],
  calls: [
    {
      call: 'pypi:starlette.config.Config#call',
      gives: { environment: 'arg 0', fallback: 'named default|arg 2', missing: 'throws' },
      source: 'https://www.starlette.io/config/',
    },
    {
      call: 'pypi:decouple.config',
      gives: { environment: 'arg 0', fallback: 'named default', missing: 'throws' },
      source: 'https://github.com/HBNetwork/python-decouple#usage',
    },
    {
      call: 'pypi:environs.Env#call',
      gives: { environment: 'arg 0', fallback: 'arg 1|named default', missing: 'throws' },
      source: 'https://github.com/sloria/environs#basic-usage',
    },
    {
      call: 'pypi:environs.Env#str',
      gives: { environment: 'arg 0', fallback: 'arg 1|named default', missing: 'throws' },
    },
    {
      call: 'pypi:environ.Env#call',
      gives: { environment: 'arg 0', fallback: 'named default', missing: 'throws' },
      source: 'https://django-environ.readthedocs.io/en/latest/quickstart.html',
    },
    { call: 'pypi:environ.Env#str', gives: { environment: 'arg 0', fallback: 'named default', missing: 'throws' } },
    { call: 'pypi:starlette.datastructures.Secret', gives: { same: 'arg 0' } },
    { call: 'pypi:pydantic.SecretStr', gives: { same: 'arg 0' } },
  ],
} as const satisfies LibraryModel;
