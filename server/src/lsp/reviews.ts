/**
 * The review marks of every project. Texts are read once and again when something happens on disk; what a mark says of
 * an item is told from the snapshot at hand. Writes come one after the other.
 */
import { keepMarks } from '../review/keep.js';
import type { MarkFile, ReviewMark } from '../review/mark.js';
import { readReviews, type Reviews as ReadReviews } from '../review/reviews.js';
import { memoryStore, type ReviewPlace, type ReviewStorage } from '../review/store.js';
import { acceptedReports } from './accepted.js';
import type { Snapshot } from './engine.js';
import type { Project } from './project.js';
import type { Located, ServerHost } from './projects.js';

/** The marks of one project, by its own paths. */
export interface ProjectMarks {
  of(path: string): readonly ReviewMark[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

export interface ReviewsOptions {
  readonly host: Pick<ServerHost, 'reviewPlace' | 'reviewerName'>;
  readonly storage: ReviewStorage;
  readonly git: 'ask' | 'never';
}

export class Reviews {
  readonly #options: ReviewsOptions;
  readonly #folders = new Map<string, MarkedFolder>();
  #writing: Promise<unknown> = Promise.resolve();

  constructor(options: ReviewsOptions) {
    this.#options = options;
  }

  /** Something has happened on disk: what was read may be old. */
  forget(): void {
    for (const folder of this.#folders.values()) folder.forget();
  }

  /** The marks of these files of a project. */
  async marksOf(project: Project, snapshot: Snapshot, paths: readonly string[]): Promise<ProjectMarks> {
    if (project.root !== undefined) return this.#folder(project.root).marks(snapshot, snapshot.paths);
    // Documents from elsewhere: each has the marks of its own folder.
    const marks = await Promise.all(
      paths.map(async (path) => {
        const { folder, name } = splitUri(path);
        return [path, await this.#folder(folder).marks({ report: () => snapshot.report(path) }, [name]), name] as const;
      }),
    );
    const marksByPath = new Map(marks.map(([path, found, name]) => [path, found.of(name)]));
    return { of: (path) => marksByPath.get(path) ?? [], problems: marks.flatMap(([, found]) => found.problems) };
  }

  /** Changes the marks of a file. Answers what a person should know of it. */
  change(located: Located, snapshot: Snapshot, change: (marks: MarkFile) => MarkFile): Promise<string | undefined> {
    const { project, path } = located;
    const { folder, name } = project.root === undefined ? splitUri(path) : { folder: project.root, name: path };
    const report = () => acceptedReports(snapshot).report(path);
    const written = this.#writing.then(() => this.#folder(folder).change(name, report, change));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  /** The name under which a person marks in a project. */
  reviewer(project: Project): Promise<string> {
    return this.#options.host.reviewerName(project.root, this.#options.git);
  }

  #folder(uri: string): MarkedFolder {
    let folder = this.#folders.get(uri);
    if (folder === undefined) {
      const isDraft = uri === '' || uri.startsWith('untitled:');
      const { host, storage } = this.#options;
      folder = new MarkedFolder(async () => (isDraft ? undefined : host.reviewPlace(uri, storage)));
      this.#folders.set(uri, folder);
    }
    return folder;
  }
}

type Reports = Pick<Snapshot, 'report'>;

/** One folder's marks: read when they are asked for, kept until something happens. */
class MarkedFolder {
  readonly #open: () => Promise<ReviewPlace | undefined>;
  #place: Promise<ReviewPlace> | undefined;
  #read: { readonly paths: readonly string[]; readonly reviews: Promise<ReadReviews> } | undefined;

  constructor(open: () => Promise<ReviewPlace | undefined>) {
    this.#open = open;
  }

  forget(): void {
    this.#read = undefined;
  }

  async marks(reports: Reports, paths: readonly string[]): Promise<ProjectMarks> {
    const place = await this.#opened();
    if (this.#read === undefined || !isSame(this.#read.paths, paths)) {
      const sources = paths
        .map((path) => ({ path: place.keyOf(path), report: () => reports.report(path) }))
        .filter(({ path }) => !path.startsWith('../'));
      this.#read = { paths, reviews: readReviews(place.store, sources, (key) => place.exists(key)) };
    }
    try {
      const reviews = await this.#read.reviews;
      return { of: (path) => reviews.of(place.keyOf(path)).marks, problems: reviews.problems };
    } catch (error) {
      // Nothing is ticked by what can't be read.
      return { of: () => [], problems: [{ path: '.authlens/reviews', message: messageOf(error) }] };
    }
  }

  async change(
    path: string,
    report: () => ReturnType<Reports['report']>,
    change: (marks: MarkFile) => MarkFile,
  ): Promise<string | undefined> {
    const { store, keyOf, exists } = await this.#opened();
    try {
      const setAside = await keepMarks(store, { path: keyOf(path), report }, exists, change);
      return setAside && `${setAside.path}: ${setAside.problem}; set aside as ${setAside.aside}`;
    } finally {
      this.forget();
    }
  }

  #opened(): Promise<ReviewPlace> {
    this.#place ??= this.#open().then((place) => place ?? passing());
    return this.#place;
  }
}

/** Where nothing can be kept, marks live as long as the session. */
function passing(): ReviewPlace {
  return { store: memoryStore(new Map()), keyOf: (path) => path, exists: () => true };
}

function splitUri(uri: string): { readonly folder: string; readonly name: string } {
  const at = uri.lastIndexOf('/');
  return { folder: uri.slice(0, Math.max(at, 0)), name: decodeURIComponent(uri.slice(at + 1)) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((path, i) => path === b[i]));
}
