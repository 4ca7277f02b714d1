import assert from 'node:assert/strict';
import { probes } from './harness/probe.js';

describe('Go means', () => {
  const cases: [title: string, files: Record<string, string>, values: readonly string[]][] = [
    [
      'a method beside its struct, also in another file of the package',
      {
        'a.go': `package a
type Handler struct { store *Store }
func main() {
	h := &Handler{store: NewStore()}
	probe(h.Login)
	probe(h.store.Find)
	probe(h.missing)
}
func (h *Handler) Login() { probe(h.store.Find); probe(h.Logout) }`,
        'b.go': `package a
type Store struct{}
func NewStore() *Store { return &Store{} }
func (s *Store) Find() {}
func (h *Handler) Logout() {}`,
      },
      ['function Login', 'function Find', 'absent', 'function Find', 'function Logout'],
    ],
    [
      'a field by the literals that make its struct, and by what methods write',
      {
        'a.go': `package a
type Server struct { secret, Issuer, kind string }
func New() *Server { return &Server{secret: "s", Issuer: "i", kind: "j"} }
func (s *Server) f() {
	s.kind = "k"
	probe(s.secret)
	probe(s.kind)
}
func g(s *Server) { probe(s.Issuer) }`,
      },
      ['"s"', '"j"|"k"', 'go:string|"i"'],
    ],
    [
      'a field of an embedded struct by itself',
      {
        'a.go': `package a
type Base struct { Issuer string }
type Claims struct { Base; jwt.Other; Name string }
func f() {
	c := Claims{Base: Base{Issuer: "i"}, Other: jwt.Other{Exp: 1}}
	probe(c.Issuer)
	probe(c.Exp)
}`,
      },
      ['"i"', '1'],
    ],
    [
      'a name of an imported package, whichever file has it',
      {
        'go.mod': 'module example.com/app\n',
        'main.go': `package main
import "example.com/app/store"
func main() {
	probe(store.Secret)
	probe(store.Open)
	s := store.Open()
	probe(s.Find)
}`,
        'store/a.go': 'package store\nconst Other = "o"',
        'store/b.go':
          'package store\nconst Secret = "s"\ntype Store struct{}\nfunc Open() *Store { return &Store{} }\nfunc (s *Store) Find() {}',
      },
      ['"s"', 'function Open', 'function Find'],
    ],
    [
      'each of several results',
      {
        'a.go': `package a
func pair() (string, error) { return "p", nil }
func f() {
	v, err := pair()
	probe(v)
	probe(err)
	m := map[string]string{"k": "v"}
	x, ok := m["k"]
	probe(x)
	if y, ok := m["k"]; ok { probe(y) }
}`,
      },
      ['"p"', 'null', '"v"', '"v"'],
    ],
    [
      'constants, counted ones too',
      { 'a.go': 'package a\nconst (\n\tA = iota\n\tB\n)\nconst S = "x" + "y"\nfunc f() { probe(B); probe(S) }' },
      ['1', '"xy"'],
    ],
  ];
  for (const [title, files, values] of cases) {
    it(title, async () => assert.deepEqual(await probes(files), values));
  }
});
