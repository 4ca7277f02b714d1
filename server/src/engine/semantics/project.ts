/** What semantics may see of the workspace: indexed files, where imports lead, and what is known of libraries. */
import type { ImportTarget } from '../languages/language.js';
import type { FileIndex } from './file-index.js';
import type { Knowledge } from './knowledge.js';

export interface ProjectView {
  /** All files that are held, sorted. */
  readonly paths: readonly string[];
  file(path: string): FileIndex | undefined;
  ecosystem(path: string): string;
  visibility(path: string): 'exports' | 'all' | 'package';
  resolve(specifier: string, from: string): ImportTarget;
  /** Other files whose top-level names are visible in this one without an import (a Go package). */
  packageFiles(path: string): readonly string[];
  readonly knowledge: Knowledge;
}
