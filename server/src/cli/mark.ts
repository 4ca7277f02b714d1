/** `authlens mark`: a person has looked at items of a file and says so. A `fail` can't be ticked; a question needs its answer. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Accepted, FileReport, ItemState } from '../engine/index.js';
import { readSource, systemMessage } from '../hosts/files.js';
import { userName } from '../hosts/git-history.js';
import { maskSecrets } from '../report/mask.js';
import { codeBehind } from '../review/code-behind.js';
import { keepMarks } from '../review/keep.js';
import { type MarkFile, type ReviewMark, withMark } from '../review/mark.js';
import { itemProgress } from '../review/progress.js';
import type { Context } from './check.js';
import { reportFor } from './check.js';
import { shown } from './inputs.js';
import { type MarkPlace, markPlace } from './marks.js';
import { checkOptions } from './options.js';
import { UsageError } from './terminal.js';

export interface MarkRequest {
  readonly path: string;
  /** Item ids, or every item that can be ticked. */
  readonly items: readonly string[] | 'all';
  readonly note: string | undefined;
}

/** Ticks items of one file. */
export async function mark(context: Context, { path, items, note }: MarkRequest): Promise<number> {
  const { terminal, engine } = context;
  if (items !== 'all' && items.length === 0) throw new UsageError('mark: name the items, or say --all');
  const report = await reportFor(context, checkOptions([path], { progress: false }, engine));
  const own = shown(terminal.cwd, resolve(terminal.cwd, path));
  const file = report.files.find((candidate) => candidate.path === own);
  if (file === undefined) throw new UsageError(`${path}: nothing to review was found there`);
  const acceptedById = new Map(
    report.files.flatMap(({ findings }) => findings.map((one) => [one.id, one.accepted] as const)),
  );
  const chosen =
    items === 'all' ? file.items.filter((item) => canBeTicked(item, note)) : items.map((id) => named(file, id));
  for (const item of chosen) refuseIfOpen(item, note, acceptedById);
  const place = await markPlace(terminal.cwd);
  const by = (await userName(place.top)) ?? terminal.environment.USER ?? terminal.environment.USERNAME;
  if (by === undefined) throw new UsageError('mark: git does not know who you are; set user.name');
  const texts = await textsBehind(terminal.cwd, chosen, file);
  const marks = chosen.map((item): ReviewMark => {
    const code = codeBehind(item, file, (at) => texts.get(at));
    return {
      item: item.id,
      verdict: item.verdict!,
      fingerprint: item.fingerprint ?? '',
      by,
      at: terminal.now(),
      ...(note === undefined ? {} : { note }),
      code: maskSecrets(code, []),
    };
  });
  await keep(context, place, file, marks);
  for (const { item } of marks) terminal.print(`ticked  ${own}  ${item}\n`);
  if (marks.length === 0) terminal.print(`nothing to tick in ${own}\n`);
  return 0;
}

/** The texts of every file that a verdict rests on. */
async function textsBehind(
  cwd: string,
  items: readonly ItemState[],
  file: FileReport,
): Promise<ReadonlyMap<string, string>> {
  const places = items.flatMap(({ evidence, questions, restsOn }) => restsOn ?? [...evidence, ...questions]);
  const texts = new Map<string, string>();
  for (const path of new Set([file.path, ...places.map((place) => place.path)])) {
    const walked = await readSource(path, resolve(cwd, path));
    if (walked.kind === 'file') texts.set(path, walked.text);
  }
  return texts;
}

function named(file: FileReport, id: string): ItemState {
  const item = file.items.find((candidate) => candidate.id === id);
  if (item === undefined) throw new UsageError(`mark: there is no item "${id}"`);
  return item;
}

function canBeTicked(item: ItemState, note: string | undefined): boolean {
  return item.verdict === 'pass' || (item.verdict === 'review' && note !== undefined);
}

function refuseIfOpen(item: ItemState, note: string | undefined, accepted: ReadonlyMap<string, Accepted | null>): void {
  switch (item.verdict) {
    case 'na':
    case null:
      throw new UsageError(`mark: ${item.id} is ${item.verdict === null ? 'not checked' : 'not relevant'} here`);
    case 'fail':
      if (itemProgress({ ...item, reviewed: null }, accepted) !== 'done') {
        throw new UsageError(`mark: ${item.id} fails here: put it right, or accept its findings with a reason`);
      }
      return;
    case 'review':
      if (note === undefined || note.trim() === '') {
        throw new UsageError(`mark: ${item.id} is a question: answer it with --note "…"`);
      }
      return;
    case 'pass':
      return;
  }
}

/** Adds marks to those of the file. */
async function keep(context: Context, place: MarkPlace, file: FileReport, marks: readonly ReviewMark[]): Promise<void> {
  if (marks.length === 0) return;
  const path = place.inRepository(file.path);
  try {
    const setAside = await keepMarks(
      place.store,
      { path, report: () => file },
      (at) => existsSync(join(place.top, at)),
      (before) => marks.reduce<MarkFile>((all, one) => withMark(all, one), before),
    );
    if (setAside !== undefined) {
      const { problem, aside } = setAside;
      context.terminal.complain(`authlens: ${place.shownFile(setAside.path)}: ${problem}; set aside as ${aside}\n`);
    }
  } catch (error) {
    throw new UsageError(`${place.shownFile(path)}: ${systemMessage(error)}`);
  }
}
