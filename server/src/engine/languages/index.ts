/** Every language there is. A new one is a folder and a line here. */
import type { ConfigLanguage, Language } from './language.js';
import { dotenv } from './config/dotenv.js';
import { json } from './config/json.js';
import { markdown } from './config/markdown.js';
import { properties } from './config/properties.js';
import { toml } from './config/toml.js';
import { yaml } from './config/yaml.js';
import { go } from './go/adapter.js';
import { javascript } from './javascript/adapter.js';
import { python } from './python/adapter.js';

export const LANGUAGES: readonly Language[] = [go, javascript, python];

/** Readers of configuration files, asked in this order. */
export const CONFIG_LANGUAGES: readonly ConfigLanguage[] = [dotenv, json, yaml, toml, properties, markdown];

/** The language id of a path, or `undefined` if no adapter takes it. */
export function languageIdOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 ? name.slice(dot).toLowerCase() : '';
  for (const language of LANGUAGES) {
    const id = language.extensions[ending];
    if (id) return id;
  }
  return CONFIG_LANGUAGES.find((config) => config.matches(path))?.languageId;
}

/** The adapter for a language id. */
export function languageById(id: string): Language | undefined {
  return LANGUAGES.find((language) => Object.values(language.extensions).includes(id));
}
