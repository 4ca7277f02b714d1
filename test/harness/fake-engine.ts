/** An engine that calls each `BAD` in a text a finding, each `FINE` evidence, each `ASK` a question: for tests of what lies around the engine. */
import {
  CHECKLIST,
  type FileReport,
  type Finding,
  type ItemState,
  type Located,
  type Position,
} from '../../server/src/engine/index.js';
import type { Change, Engine, Workspace } from '../../server/src/lsp/engine.js';

const RULE = 'jwt-none-accepted';

/** Every change that was applied, for tests that ask what the server says. */
export interface FakeEngine extends Engine {
  readonly applied: Change[];
}

export function fakeEngine(): FakeEngine {
  const applied: Change[] = [];
  return {
    applied,
    RULES: [{ id: RULE, title: 'Bad', remedy: 'Make it good.' }],
    renderRule: (id) => (id === RULE ? `# ${RULE}` : undefined),
    createWorkspace: async () => workspace(applied),
  };
}

function workspace(applied: Change[]): Workspace {
  const texts = new Map<string, string>();
  let revision = 0;
  return {
    async apply(changes) {
      revision += 1;
      applied.push(...changes);
      for (const change of changes) {
        if (change.kind === 'remove') texts.delete(change.path);
        if (change.kind === 'write') texts.set(change.path, change.text);
        if (change.kind === 'edit') texts.set(change.path, edited(texts.get(change.path)!, change));
      }
    },
    snapshot() {
      const now = new Map(texts);
      const report = (path: string) => (now.has(path) ? reportOf(path, now.get(path)!) : undefined);
      return {
        revision,
        problems: now.has('authlens.config.json') ? [{ path: 'authlens.config.json', message: 'No such rule.' }] : [],
        paths: [...now.keys()].sort(),
        report,
        hover(path, offset) {
          const found = report(path)?.findings.find(({ span }) => span.start <= offset && offset <= span.end);
          return found && { span: found.span, range: found.range, markdown: 'Why it is bad.', finding: found.id };
        },
        textOf: (path) => now.get(path),
        statementAt: (path, offset) => {
          const text = now.get(path) ?? '';
          const end = text.indexOf('\n', offset);
          return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length : end };
        },
        ownerOf: (path, span) => {
          const start = positionAt(now.get(path)!, span.start);
          return { name: 'owner', range: { start: { line: start.line, character: 0 }, end: start } };
        },
        fixAll: (path) => {
          const findings = report(path)?.findings ?? [];
          const edits = findings.map(({ span, range }) => ({ path, span, range, text: 'GOOD' }));
          return edits.length === 0 ? undefined : { title: 'Make all good', rule: '', kind: 'safe', edits };
        },
        broken: (path) =>
          [...(now.get(path) ?? '').matchAll(/.*BROKEN.*/g)].map((hit) => ({
            start: hit.index,
            end: hit.index + hit[0].length,
          })),
        ignorePlace(path, span, rule) {
          const line = positionAt(now.get(path)!, span.start).line;
          return { at: { line, character: 0 }, before: `  // authlens-ignore ${rule} -- `, after: '\n' };
        },
        fixes: (path, span) =>
          (report(path)?.findings ?? [])
            .filter((finding) => finding.span.start === span.start)
            .map((finding) => ({
              title: 'Make it good',
              rule: finding.rule,
              kind: 'safe',
              edits: [{ path, span: finding.span, range: finding.range, text: 'GOOD' }],
            })),
      };
    },
    dispose() {},
  };
}

function edited(text: string, change: Change & { kind: 'edit' }): string {
  const result = change.edits.reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), text);
  if (result !== change.text)
    throw new Error(`the edits give ${JSON.stringify(result)}, not ${JSON.stringify(change.text)}`);
  return result;
}

function reportOf(path: string, text: string): FileReport {
  const findings = [...text.matchAll(/BAD(_ACCEPTED)?/g)].map((hit): Finding => {
    const span = { start: hit.index, end: hit.index + hit[0].length };
    const range = { start: positionAt(text, span.start), end: positionAt(text, span.end) };
    return {
      id: `${path}#${RULE}@${range.start.line + 1}:${range.start.character + 1}`,
      rule: RULE,
      item: 'jwt-algorithms',
      severity: 'error',
      message: 'This is bad.',
      path,
      span,
      range,
      related: [],
      fingerprint: 'f1:0',
      fixable: true,
      accepted: hit[1] ? { by: 'comment', reason: 'on purpose' } : null,
      files: [path],
    };
  });
  return {
    path,
    language: 'javascript',
    findings,
    items: CHECKLIST.map(({ id }): ItemState => {
      const none = { id, verdict: 'na', findings: [], evidence: [], questions: [] } as const;
      const fingerprint = `r1:${text}`;
      if (id === 'jwt-algorithms' && findings.length > 0)
        return { ...none, verdict: 'fail', findings: findings.map((finding) => finding.id), fingerprint };
      if (id === 'pkce' && text.includes('FINE'))
        return { ...none, verdict: 'pass', evidence: placesOf('FINE', 'message', 'This is fine.'), fingerprint };
      if (id === 'state' && text.includes('ASK'))
        return { ...none, verdict: 'review', questions: placesOf('ASK', 'text', 'Is it?'), fingerprint };
      return none;
    }),
  };

  function placesOf<K extends string>(word: string, key: K, said: string) {
    return [...text.matchAll(new RegExp(word, 'g'))].map((hit) => {
      const span = { start: hit.index, end: hit.index + word.length };
      const range = { start: positionAt(text, span.start), end: positionAt(text, span.end) };
      return { path, span, range, [key]: said } as Located & Record<K, string>;
    });
  }
}

function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)!.length };
}
