/** Ways in, guards, stored data. */
// biome-ignore lint/suspicious/noEmptyInterface: kinds come with the first rule that listens to them
export interface RouteFacts {}
