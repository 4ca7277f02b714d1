/** Settings of configuration files. */
import { contains, type Place } from '../../base/span.js';
import { CONFIG_LANGUAGES } from '../../languages/index.js';
import type { Edit } from './edit.js';
import type { Sources } from './source.js';

/** Empties the setting whose value or key stands at a place. */
export function blankSetting({ files }: Sources, place: Place): readonly Edit[] | undefined {
  const state = files.get(place.path);
  if (!state) return undefined;
  const { settings } = state.index().file;
  const setting = settings.find(
    ({ valueSpan, keySpan }) => contains(valueSpan, place.span) || keySpan.start === place.span.start,
  );
  const language = CONFIG_LANGUAGES.find((one) => one.languageId === state.languageId && one.matches(place.path));
  if (!setting || !language?.blank) return undefined;
  return [{ path: place.path, span: setting.valueSpan, text: language.blank(setting) }];
}
