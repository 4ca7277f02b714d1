/** The acts of OAuth and OpenID Connect. */
// biome-ignore lint/suspicious/noEmptyInterface: kinds come with the first rule that listens to them
export interface OAuthFacts {}
