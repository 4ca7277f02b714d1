/** Tokens and cookies at rest. */
// biome-ignore lint/suspicious/noEmptyInterface: kinds come with the first rule that listens to them
export interface StorageFacts {}
