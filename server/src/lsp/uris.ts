/** URIs of documents as paths of a workspace, and back. Plain text work: it runs where there is no file system. */

/** A URI in one spelling: not percent-encoded, the drive letter small. */
export function plainUri(uri: string): string {
  return decoded(uri).replace(/^file:\/\/\/([A-Z]):/, (_, drive: string) => `file:///${drive.toLowerCase()}:`);
}

/** The path of a URI below a root, or `undefined` if it is elsewhere. */
export function pathBelow(root: string, uri: string): string | undefined {
  const [folder, file] = [plainUri(root), plainUri(uri)];
  return file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : undefined;
}

/** The URI of a path below a root. */
export function uriBelow(root: string, path: string): string {
  return `${root}/${path.split('/').map(encodeURIComponent).join('/')}`;
}

function decoded(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch (error) {
    // A stray percent sign: the text is its own meaning.
    if (error instanceof URIError) return uri;
    throw error;
  }
}
