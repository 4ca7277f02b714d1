/** What semantics makes of the first argument of every call of `probe`, in the order of files and places. */
import { valueCache } from '../../server/src/engine/semantics/value-cache.js';
import { indexModels } from '../../server/src/engine/facts/models.js';
import { languageById, languageIdOf } from '../../server/src/engine/languages/index.js';
import { LIBRARIES } from '../../server/src/engine/libraries/index.js';
import { createSemantics, type Semantics } from '../../server/src/engine/semantics/semantics.js';
import { alternatives, type Value } from '../../server/src/engine/semantics/value.js';
import { type FileState, fileState, projectView } from '../../server/src/engine/workspace/project.js';
import { grammarNamed } from '../support/grammars.js';
import { sayRole } from './say-value.js';

/** The values of all probes, as text: functions and classes by name, other things as fixtures write them. */
export async function probes(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const states = new Map<string, FileState>();
  for (const [path, text] of Object.entries(files)) {
    const id = languageIdOf(path) ?? '';
    const language = languageById(id);
    const grammar = language ? await grammarNamed(language.grammar(id)) : undefined;
    states.set(path, fileState(path, text, id, language, grammar));
  }
  const project = projectView(
    states,
    new Map(),
    indexModels(LIBRARIES, () => undefined),
    new Map(),
  );
  const s = createSemantics(project, { all: new Map(), written: new Set(), stage: 'full' }, valueCache());
  return [...states.keys()].flatMap((path) =>
    s
      .index(path)
      .calls.filter((call) => call.callee.kind === 'name' && call.callee.name === 'probe')
      .map((call) => say(s, s.access({ path, call, frame: undefined }, 'arg 0').value)),
  );
}

function say(s: Semantics, value: Value): string {
  return alternatives(value)
    .map((one) => {
      switch (one.kind) {
        case 'function':
          return `function ${one.fn.name}`;
        case 'class':
          return `class ${one.cls.name}`;
        case 'instance':
          return `instance ${one.cls.name}`;
        case 'external':
          return one.name;
        case 'concat':
          return `concat(${one.parts.map((part) => say(s, part)).join(', ')})`;
        case 'parameter':
          return `parameter ${one.name}`;
        default:
          return sayRole(one) === 'unknown' || one.kind === 'result' ? (s.typeOf(one) ?? one.kind) : sayRole(one);
      }
    })
    .join('|');
}
