/**
 * A review mark belongs to code: generated edits on real files. Those that leave alone what a verdict rests
 * on keep every mark; those that change it let the mark fall.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ItemState, Located, Workspace } from '../server/src/engine/index.js';
import { workspaceOf } from './harness/memory-workspace.js';

const ROOT = 'examples';

/** How many edits of each kind; the full measure is 200: `AUTHLENS_EDITS=200`. */
const EDITS = Number(process.env.AUTHLENS_EDITS ?? 40);

describe('review marks under edits', () => {
  it('survive moves, reformattings, renames and edits elsewhere', async () => {
    const random = randomFrom(1);
    const lost = new Set<string>();
    await onEachApp(EDITS, async (workspace, files, path) => {
      const before = marksOf(workspace, path);
      const edit = pick(
        random,
        HARMLESS.filter(({ rename }) => rename === undefined || !isImported(files, path)),
      );
      const moved = edit.rename?.(path) ?? path;
      const text = edit.change(files[path]!, path, random);
      if (moved !== path) await workspace.apply([{ kind: 'remove', path }]);
      await workspace.apply([{ kind: 'write', path: moved, text }]);
      const after = marksOf(workspace, moved);
      for (const [item, fingerprint] of before) {
        if (after.get(item) !== fingerprint) lost.add(`${edit.name}: ${path} ${item}`);
      }
      if (moved !== path) await workspace.apply([{ kind: 'remove', path: moved }]);
    });
    assert.deepEqual([...lost], []);
  });

  it('fall when what they rest on changes', async () => {
    const random = randomFrom(2);
    const kept = new Set<string>();
    await onEachApp(EDITS, async (workspace, files, path) => {
      const items = workspace.snapshot().report(path)?.items ?? [];
      const subjects = items.flatMap((item) => placesOf(item, path).map((place) => ({ item, place })));
      if (subjects.length === 0) return;
      const { item, place } = pick(random, subjects);
      const text = changedWithin(files[path]!, place, random);
      await workspace.apply([{ kind: 'write', path, text }]);
      const after = workspace
        .snapshot()
        .report(path)
        ?.items.find(({ id }) => id === item.id);
      if (after?.fingerprint === item.fingerprint) kept.add(`${path} ${item.id} in ${place.range.start.line + 1}`);
    });
    assert.deepEqual([...kept], []);
  });
}).timeout(120_000);

type Files = Readonly<Record<string, string>>;

/** Does something to the files with marks of every example, some rounds altogether, from the same text each time. */
async function onEachApp(
  rounds: number,
  round: (workspace: Workspace, files: Files, path: string) => Promise<void>,
): Promise<void> {
  const apps = ['done-right'].map((app) => readFiles(join(ROOT, app)));
  for (const files of apps) {
    const workspace = await workspaceOf(files);
    const subjects = pathsWithMarks(workspace, files);
    for (let i = 0; i < rounds / apps.length; i++) {
      const path = subjects[i % subjects.length]!;
      await round(workspace, files, path);
      await workspace.apply([{ kind: 'write', path, text: files[path]! }]);
    }
    workspace.dispose();
  }
}

interface HarmlessEdit {
  readonly name: string;
  change(text: string, path: string, random: () => number): string;
  rename?(path: string): string;
}

const HARMLESS: readonly HarmlessEdit[] = [
  { name: 'comments above', change: (text, path) => `${commentOf(path, 'moved down')}\n\n${text}` },
  { name: 'a blank line', change: (text, _path, random) => insertLine(text, '', random) },
  {
    name: 'a comment between',
    change: (text, path, random) => insertLine(text, commentOf(path, 'a thought'), random),
  },
  { name: 'white space at line ends', change: (text) => text.replace(/([;,{:)])\n/g, '$1  \n') },
  { name: 'code below', change: (text, path) => text + otherCode(path) },
  { name: 'code above', change: (text, path) => aboveCode(text, path) },
  { name: 'a new name', change: (text) => text, rename: (path) => path.replace(/([^/]+)$/, 'renamed-$1') },
  { name: 'wider indentation', change: (text) => text.replace(/^( +)(?=\S)/gm, '$1$1') },
];

/** Code files with a mark to lose. */
function pathsWithMarks(workspace: Workspace, files: Files): readonly string[] {
  const paths = Object.keys(files).filter((path) => /\.(?:js|ts|tsx|py)$/.test(path));
  const marked = paths.filter((path) => marksOf(workspace, path).size > 0);
  assert.ok(marked.length > 0, 'no example has a mark to lose');
  return marked;
}

/** Whether another file names this one: then a new name would be a change there. */
function isImported(files: Files, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const importing = new RegExp(`[./]${name}\\b|import ${name}\\b`);
  return Object.entries(files).some(([other, text]) => other !== path && importing.test(text));
}

function marksOf(workspace: Workspace, path: string): ReadonlyMap<string, string> {
  const items = workspace.snapshot().report(path)?.items ?? [];
  return new Map(items.flatMap((item) => (isTickable(item) ? [[item.id, item.fingerprint!]] : [])));
}

function isTickable({ verdict, fingerprint }: ItemState): boolean {
  return (verdict === 'pass' || verdict === 'review') && fingerprint !== undefined;
}

function placesOf(item: ItemState, path: string): readonly Located[] {
  if (!isTickable(item)) return [];
  return [...item.evidence, ...item.questions].filter(
    (place) => place.path === path && place.span.end > place.span.start,
  );
}

/** Changes one word within a place. */
function changedWithin(text: string, { span }: Located, random: () => number): string {
  const words = [...text.slice(span.start, span.end).matchAll(/[A-Za-z0-9]+/g)];
  const word = words.length === 0 ? undefined : pick(random, words);
  const at = word === undefined ? span.end : span.start + word.index + word[0].length;
  return `${text.slice(0, at)}x${text.slice(at)}`;
}

/** Between two top-level statements: the one place where a line is harmless in every language. */
function insertLine(text: string, line: string, random: () => number): string {
  const gaps = [...text.matchAll(/\n\n(?=\S)/g)].map(({ index }) => index);
  if (gaps.length === 0) return `${line}\n${text}`;
  const at = pick(random, gaps);
  return `${text.slice(0, at)}\n${line}${text.slice(at)}`;
}

function commentOf(path: string, words: string): string {
  return path.endsWith('.py') ? `# ${words}` : `// ${words}`;
}

function otherCode(path: string): string {
  return path.endsWith('.py')
    ? '\n\ndef unrelated(numbers):\n    return sum(numbers)\n'
    : '\nfunction unrelated(numbers) {\n  return numbers.length;\n}\n';
}

function aboveCode(text: string, path: string): string {
  const lastImport = [...text.matchAll(/^(?:import|from|const .*require).*$/gm)].at(-1);
  const isWhole = lastImport !== undefined && !lastImport[0].trimEnd().endsWith('(') && !lastImport[0].includes('{\n');
  const at = isWhole ? lastImport.index + lastImport[0].length + 1 : 0;
  return `${text.slice(0, at)}${otherCode(path)}\n${text.slice(at)}`;
}

function readFiles(folder: string): Files {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(folder.length + 1), readFileSync(file, 'utf8')];
    }),
  );
}

/** A small generator of numbers from 0 to 1, the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed * 2654435761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
}

function pick<T>(random: () => number, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!;
}
