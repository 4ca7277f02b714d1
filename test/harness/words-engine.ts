/**
 * An engine of a few lines for tests of what stands around it. `FAIL(item)` in a file is an error of a rule
 * `item-wrong`, `WARN(item)` a warning, `INFO(item)` a note, `ASK(item)` a question, `PASS(item)` evidence, `THROW` an internal error.
 */
import type { RuleInfo } from '../../server/src/engine/index.js';
import {
  CHECKLIST,
  type ChecklistItemId,
  type FileReport,
  type Finding,
  type ItemState,
} from '../../server/src/engine/index.js';
import type { Change, Engine, Snapshot } from '../../server/src/cli/engine-door.js';

export const WORDS_RULES: readonly RuleInfo[] = CHECKLIST.map((item) => ({
  id: `${item.id}-wrong`,
  item: item.id,
  title: `Something about ${item.id} is wrong`,
  why: 'It matters.',
  attack: 'Somebody uses it.',
  remedy: `Put ${item.id} right.`,
  severities: ['error', 'warning', 'info'],
  precision: 'high',
  cwe: [347],
  references: ['https://www.rfc-editor.org/rfc/rfc8725#section-3.1'],
  examples: [{ language: 'javascript', vulnerable: 'wrong();', fixed: 'right();' }],
}));

/** A workspace over words in capital letters. */
export const wordsEngine: Engine = {
  RULES: WORDS_RULES,
  async createWorkspace() {
    const texts = new Map<string, { text: string; languageId: string | undefined }>();
    return {
      async apply(changes: readonly Change[]) {
        for (const change of changes) {
          if (change.kind === 'remove') texts.delete(change.path);
          else if (change.kind === 'write')
            texts.set(change.path, { text: change.text, languageId: change.languageId });
        }
      },
      snapshot: (): Snapshot => ({
        problems: [],
        report: (path) => reportOf(path, texts.get(path)),
        fixes: () => [],
      }),
      dispose: () => {},
    };
  },
};

function reportOf(
  path: string,
  file: { text: string; languageId: string | undefined } | undefined,
): FileReport | undefined {
  if (file === undefined || /\.(?:json|md)$/.test(path)) return undefined;
  if (file.text.includes('THROW')) throw new Error('thrown by the fake engine');
  const marks = [...file.text.matchAll(/\b(FAIL|WARN|INFO|ASK|PASS)\(([\w-]+)\)/g)].map((match) => ({
    word: match[1]!,
    item: match[2] as ChecklistItemId,
    place: placeOf(path, file.text, match.index, match[0].length),
  }));
  const findings = marks.flatMap(({ word, item, place }): Finding[] => {
    const severity = ({ FAIL: 'error', WARN: 'warning', INFO: 'info' } as const)[word];
    if (severity === undefined) return [];
    const { line, character } = place.range.start;
    const rule = `${item}-wrong`;
    return [
      {
        ...place,
        id: `${path}#${rule}@${line + 1}:${character + 1}`,
        rule,
        item,
        severity,
        message: `\`${item}\` is wrong here.`,
        related: [],
        fingerprint: `f1:${rule}`,
        fixable: false,
        accepted: null,
        files: [path],
      },
    ];
  });
  const items = CHECKLIST.map(({ id }): ItemState => {
    const own = marks.filter(({ item }) => item === id);
    const words = new Set(own.map(({ word }) => word));
    const behind = findings.filter(({ item }) => item === id).map((finding) => finding.id);
    const place = own[0]?.place;
    const hasFailed = words.has('FAIL') || words.has('WARN');
    return {
      id,
      verdict: hasFailed
        ? 'fail'
        : words.has('INFO') || words.has('ASK')
          ? 'review'
          : words.has('PASS')
            ? 'pass'
            : 'na',
      findings: behind,
      evidence: words.has('PASS') && place !== undefined ? [{ ...place, message: `${id} is done.` }] : [],
      ...(words.size === 0 ? {} : { fingerprint: `r1:${own.map(({ word }) => word).join(' ')}` }),
      questions: words.has('ASK') && place !== undefined ? [{ ...place, text: `Is ${id} right?` }] : [],
    };
  });
  return { path, language: file.languageId ?? (path.endsWith('.py') ? 'python' : 'javascript'), items, findings };
}

function placeOf(path: string, text: string, start: number, length: number) {
  const before = text.slice(0, start).split('\n');
  const line = before.length - 1;
  const character = before[line]!.length;
  return {
    path,
    span: { start, end: start + length },
    range: { start: { line, character }, end: { line, character: character + length } },
  };
}
