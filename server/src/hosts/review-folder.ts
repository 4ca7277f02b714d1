/**
 * Review marks in the repository: `.authlens/reviews/<path>.jsonl`. Writes are whole or not at all. The folder is a
 * stranger's: links in it are not followed, and nothing outside it is read or written.
 */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { ReviewStore } from '../review/store.js';

const FOLDER = join('.authlens', 'reviews');
const ENDING = '.jsonl';
const LARGEST = 4 * 1024 * 1024;

/** Lets git join the marks of two branches line by line. */
const ATTRIBUTES =
  '# Review marks: one a line, sorted. Lines of both sides are kept when branches merge.\nreviews/**/*.jsonl text eol=lf merge=union\n';

/** What a crash leaves behind belongs into no commit. */
const IGNORED = '*.tmp\n';

/** The marks of the repository whose top is `root` (absolute). */
export function reviewFolder(root: string): ReviewStore {
  const folder = join(root, FOLDER);
  const fileOf = (path: string): string => {
    const parts = path.split('/');
    if (parts.some((part) => part === '' || part === '.' || part === '..'))
      throw new Error(`${path} lies outside the repository`);
    return `${join(folder, ...parts)}${ENDING}`;
  };
  return {
    async list() {
      const found: string[] = [];
      await collect(folder, '', found);
      return found.sort();
    },
    async read(path) {
      try {
        return await readRegular(fileOf(path));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async write(path, text) {
      const file = fileOf(path);
      await makeFolder(root, dirname(file));
      await writeAttributes(root);
      await writeWhole(file, text);
    },
    async remove(path) {
      await unlink(fileOf(path));
    },
    async setAside(path) {
      const file = fileOf(path);
      for (let i = 1; ; i++) {
        const aside = `${file}.set-aside-${i}`;
        if ((await lstat(aside).catch(() => undefined)) !== undefined) continue;
        await rename(file, aside);
        return aside;
      }
    },
  };
}

async function collect(folder: string, prefix: string, found: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (entry.isDirectory()) await collect(join(folder, entry.name), `${prefix}${entry.name}/`, found);
    else if (entry.isFile() && entry.name.endsWith(ENDING)) found.push(prefix + entry.name.slice(0, -ENDING.length));
  }
}

async function readRegular(file: string): Promise<string> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const found = await handle.stat();
    if (!found.isFile() || found.size > LARGEST) throw new Error('is no file of review marks');
    return await handle.readFile('utf8');
  } finally {
    await handle.close();
  }
}

/** Makes a folder below the root, step by step: a link on the way would lead elsewhere. */
async function makeFolder(root: string, folder: string): Promise<void> {
  let at = root;
  for (const part of relative(root, folder).split(sep)) {
    at = join(at, part);
    const found = await lstat(at).catch(() => undefined);
    if (found === undefined) await mkdir(at);
    else if (!found.isDirectory()) throw new Error(`${part} is no folder`);
  }
}

/** Invariant: whoever reads the file sees the old text or the new one, also after a crash. */
async function writeWhole(file: string, text: string): Promise<void> {
  const half = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const handle = await open(half, 'wx');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(half, file);
  } catch (error) {
    await unlink(half).catch(() => undefined);
    throw error;
  }
}

async function writeAttributes(root: string): Promise<void> {
  for (const [name, text] of [
    ['.gitattributes', ATTRIBUTES],
    ['.gitignore', IGNORED],
  ] as const) {
    await writeFile(join(root, '.authlens', name), text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
