import type { LibraryModel } from '../../facts/library-model.js';

/** The error of a body that is no valid input quotes that body: all of it in `body`, field by field in `errors()`. */
export default {
  name: 'FastAPI errors',
  ecosystem: 'pypi',
  modules: ['fastapi.exceptions'],
  docs: 'https://fastapi.tiangolo.com/tutorial/handling-errors/#use-the-requestvalidationerror-body',
  types: { RequestValidationError: 'RequestValidationError' },
  members: [{ member: 'RequestValidationError#body', is: 'RequestInput', fixed: { source: 'body' } }],
  calls: [{ call: 'RequestValidationError#errors', is: 'RequestInput', fixed: { source: 'body' } }],
} as const satisfies LibraryModel;
