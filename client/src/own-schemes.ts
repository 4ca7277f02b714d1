/** The schemes of documents that this extension itself shows: nobody reviews them. */
import { rulePageScheme } from '../../server/src/protocol.js';

/** Both sides of "what has changed since this was reviewed". */
export const reviewedCodeScheme = 'authlens-reviewed';

export const ownSchemes: readonly string[] = [rulePageScheme, reviewedCodeScheme];
