/** Reading `package.json`, `tsconfig.json` and their like, which people break while they write. */
import { parse } from 'jsonc-parser';
import type { ProjectFiles } from '../language.js';

/** A JSON value of unknown shape. */
export type Json = unknown;

/** Manifests are asked for at every import; what a text says does not change. */
const parsed = new Map<string, Json>();
const MAX_REMEMBERED = 500;
const MAX_DEPTH = 100;

/** The manifest as JSON with comments and trailing commas; `undefined` if there is none. */
export function manifest(path: string, project: ProjectFiles): Json {
  const text = project.manifest(path);
  if (text === undefined) {
    return undefined;
  }
  if (!parsed.has(text)) {
    if (parsed.size >= MAX_REMEMBERED) {
      parsed.clear();
    }
    parsed.set(text, isShallow(text) ? parse(text, [], { allowTrailingComma: true }) : undefined);
  }
  return parsed.get(text);
}

function isShallow(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1;
    if (depth > MAX_DEPTH) {
      return false;
    }
  }
  return true;
}

/** A value in nested objects; `undefined` wherever the shape is another. */
export function at(value: Json, ...keys: readonly string[]): Json {
  let current = value;
  for (const key of keys) {
    if (typeof current !== 'object' || current === null || Array.isArray(current) || !Object.hasOwn(current, key)) {
      return undefined;
    }
    current = (current as Readonly<Record<string, Json>>)[key];
  }
  return current;
}

/** The entries of an object; none for anything else. */
export function entriesOf(value: Json): readonly (readonly [string, Json])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

/** The texts of a list, or the one text. */
export function textsOf(value: Json): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
}
