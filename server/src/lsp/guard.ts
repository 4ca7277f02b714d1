/** Wraps every request handler: what was cancelled ends as LSP says, what was thrown is logged and gives the empty answer. */
import { LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';

/** Thrown to leave a request that nobody waits for any more. Caught here and nowhere else. */
export class Cancelled extends Error {}

export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new Cancelled('cancelled');
}

export function guard<Params, Answer>(
  feature: string,
  log: (message: string) => void,
  empty: Answer,
  answer: (params: Params, token: CancellationToken) => Promise<Answer>,
): (params: Params, token: CancellationToken) => Promise<Answer> {
  return async (params, token) => {
    try {
      throwIfCancelled(token);
      const result = await answer(params, token);
      throwIfCancelled(token);
      return result;
    } catch (error) {
      if (error instanceof Cancelled) throw new ResponseError(LSPErrorCodes.RequestCancelled, `${feature}: cancelled`);
      log(`${feature}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return empty;
    }
  };
}
