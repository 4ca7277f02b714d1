/** Workspace-relative paths. The workspace itself is the folder `''`. */

/** The folder that a file or folder is in. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}

/** Where a path leads from a folder; `undefined` if out of the workspace. */
export function join(folder: string, path: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/');
  for (const part of path.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) {
        return undefined;
      }
    } else if (part !== '.' && part !== '') {
      parts.push(part);
    }
  }
  return parts.join('/');
}

/** A folder and all that it is in, the nearest first. */
export function upwards(folder: string): readonly string[] {
  const folders = [folder];
  while (folder !== '') {
    folder = folderOf(folder);
    folders.push(folder);
  }
  return folders;
}
