/** Where credentials can leak: logs, errors, addresses. */
// biome-ignore lint/suspicious/noEmptyInterface: kinds come with the first rule that listens to them
export interface LeakFacts {}
