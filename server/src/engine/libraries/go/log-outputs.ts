import type { LibraryModel } from '../../facts/library-model.js';

/** Where texts go that are no logger by name: the process's own streams. */
export default {
  name: 'log outputs',
  ecosystem: 'go',
  modules: [''],
  docs: 'https://pkg.go.dev/fmt#Print',
  calls: [
    { call: 'fmt.Print', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'fmt.Println', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'fmt.Printf', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'println', is: 'LogWrite', fixed: { level: 'print' } },
    { call: 'github.com/davecgh/go-spew/spew.Dump', is: 'LogWrite', fixed: { level: 'print' } },
  ],
} as const satisfies LibraryModel;
