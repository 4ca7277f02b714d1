/** Where files of marks are kept: the repository, or an editor's private storage. Texts by source path; no more. */

export interface ReviewStore {
  /** Source paths that have marks, sorted. */
  list(): Promise<readonly string[]>;
  /** The marks of a source file as text; `undefined` if it has none. */
  read(path: string): Promise<string | undefined>;
  /** Replaces the marks of a source file, whole or not at all. */
  write(path: string, text: string): Promise<void>;
  /** Forgets the marks of a source path that has moved away. */
  remove(path: string): Promise<void>;
  /** Puts a file that can't be trusted out of the way, unharmed, and says where. */
  setAside(path: string): Promise<string>;
}

/** A store, and how the files of one folder are named there. */
export interface ReviewPlace {
  readonly store: ReviewStore;
  /** The store's name for a path below the folder. */
  keyOf(path: string): string;
  /** Whether the source of a store's name is still there. */
  exists(key: string): boolean;
}

/** Which store a person has chosen. `folder` is the editor's private one, as a URI; absent where there is none. */
export interface ReviewStorage {
  readonly kind: 'repository' | 'private';
  readonly folder?: string;
}

/** A store that lives as long as the process: for tests and for untitled documents. */
export function memoryStore(texts: Map<string, string>): ReviewStore {
  return {
    list: async () => [...texts.keys()].sort(),
    read: async (path) => texts.get(path),
    write: async (path, text) => void texts.set(path, text),
    remove: async (path) => void texts.delete(path),
    setAside: async (path) => {
      const aside = `${path} (set aside)`;
      texts.set(aside, texts.get(path) ?? '');
      texts.delete(path);
      return aside;
    },
  };
}
