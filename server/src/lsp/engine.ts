/** The part of the engine that this server speaks to, so that a test may put another in its place. */
import type * as engine from '../engine/index.js';

export type { Change, Fix, Hover, WorkspaceOptions } from '../engine/index.js';

/** An edit of a text: UTF-16 offsets, `end` exclusive. */
export type TextEdit = Extract<engine.Change, { kind: 'edit' }>['edits'][number];

export type Snapshot = Pick<
  engine.Snapshot,
  | 'revision'
  | 'paths'
  | 'report'
  | 'hover'
  | 'fixes'
  | 'fixAll'
  | 'broken'
  | 'ignorePlace'
  | 'problems'
  | 'textOf'
  | 'ownerOf'
  | 'statementAt'
>;

export type Workspace = Pick<engine.Workspace, 'apply' | 'dispose'> & { snapshot(): Snapshot };

export interface Engine {
  createWorkspace(options: engine.WorkspaceOptions): Promise<Workspace>;
  readonly RULES: readonly { readonly id: string; readonly title: string; readonly remedy: string }[];
  renderRule(id: string, as: 'markdown' | 'text'): string | undefined;
}
