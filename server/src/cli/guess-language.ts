/** Tells a snippet's language by what only that language writes. Signs are weighed; the most points win. */

/** The language id of a snippet; JavaScript when nothing tells. */
export function guessLanguage(text: string): string {
  const points = SIGNS.map(([language, signs]) => [language, score(text, signs)] as const);
  const [best] = points.toSorted((a, b) => b[1] - a[1]);
  if (best === undefined || best[1] === 0) return 'javascript';
  return withDialect(best[0], text);
}

/** Lines in which a sign is seen; one sign counts five times at most, so that no single habit decides. */
function score(text: string, signs: readonly RegExp[]): number {
  return signs.reduce((sum, sign) => sum + Math.min(5, [...text.matchAll(sign)].length), 0);
}

function withDialect(language: string, text: string): string {
  if (language !== 'javascript') return language;
  const hasTypes = TYPES.some((sign) => sign.test(text));
  const hasMarkup =
    /<[A-Za-z][\w.]*(?:\s[^<>]*)?\/?>[\s\S]*(?:<\/|\/>)/.test(text) && /return\s*\(?\s*<|=>\s*\(?\s*</.test(text);
  if (hasTypes) return hasMarkup ? 'typescriptreact' : 'typescript';
  return hasMarkup ? 'javascriptreact' : 'javascript';
}

const TYPES = [
  /^\s*(?:export\s+)?(?:interface|type|enum|declare|abstract class)\s+[A-Z]\w*/m,
  /[(,]\s*\w+\??:\s*(?:string|number|boolean|any|unknown|void|[A-Z]\w*)(?:\[\]|<[^>]*>)?\s*[,)=|]/,
  /\)\s*:\s*(?:Promise<|string|number|boolean|void|any|[A-Z]\w*)/,
  /^import\s+type\s/m,
  /\bas\s+(?:string|number|any|unknown|const|[A-Z]\w*)\b/,
  /^\s*(?:const|let|var)\s+\w+:\s*\w+/m,
];

const SIGNS: readonly (readonly [language: string, signs: readonly RegExp[]])[] = [
  ['php', [/<\?php/g, /\$\w+\s*->/g, /^\s*\$\w+\s*=/gm, /\bfunction\s+\w+\s*\([^)]*\$/g, /^use\s+\w+\\/gm]],
  ['vue', [/<template[\s>]/g, /<script\s+setup/g, /\sv-(?:if|for|model|on)/g]],
  ['svelte', [/\{#(?:if|each|await)\b/g, /\son:click=/g, /^\s*\$:\s/gm]],
  [
    'python',
    [
      /^\s*(?:async\s+)?def\s+\w+\(.*\).*:\s*$/gm,
      /^\s*class\s+\w+.*:\s*$/gm,
      /^from\s+[\w.]+\s+import\s/gm,
      /^import\s+[\w.]+(?:\s+as\s+\w+)?\s*$/gm,
      /^\s*(?:if|elif|else|for|while|try|except|with)\b.*:\s*$/gm,
      /\b(?:None|True|False|self)\b/g,
      /^\s*@\w[\w.]*(?:\(.*\))?\s*$/gm,
    ],
  ],
  ['go', [/^package\s+\w+\s*$/gm, /^func\s/gm, /:=/g, /\berr\s*!=\s*nil\b/g, /^import\s+\(/gm, /\*\w+\.\w+\b/g]],
  [
    'java',
    [
      /^import\s+(?:static\s+)?[\w.]+\*?;/gm,
      /^package\s+[\w.]+;/gm,
      /\b(?:public|private|protected)\s+(?:static\s+|final\s+)*[\w<>[\]]+\s+\w+\s*[(;=]/g,
      /^\s*@(?:Override|RestController|Bean|Autowired|GetMapping|PostMapping|Configuration)\b/gm,
      /\bnew\s+\w+<>?\(/g,
    ],
  ],
  [
    'kotlin',
    [
      /\bfun\s+(?:\w+\.)?\w+\s*\(/g,
      /\bval\s+\w+\s*(?::\s*\w+\??)?\s*=/g,
      /^import\s+[\w.]+\s*$/gm,
      /\bdata\s+class\b/g,
      /\?:\s*(?:return|throw)/g,
    ],
  ],
  [
    'csharp',
    [
      /^using\s+[\w.]+;/gm,
      /^namespace\s+[\w.]+/gm,
      /\bvar\s+builder\s*=/g,
      /\b(?:public|private|internal)\s+(?:async\s+|static\s+|readonly\s+)*[\w<>[\]?]+\s+[A-Z]\w*\s*[({;=]/g,
      /^\s*\[(?:Http\w+|Authorize|ApiController|Route)\b/gm,
      /\{\s*get;\s*(?:set;|init;)?/g,
    ],
  ],
  [
    'ruby',
    [
      /^\s*def\s+[\w.?!]+(?:\([^)]*\))?\s*$/gm,
      /^\s*end\s*$/gm,
      /^\s*require(?:_relative)?\s+['"]/gm,
      /\bdo\s*\|\w+/g,
      /^\s*class\s+\w+(?:\s*<\s*[\w:]+)?\s*$/gm,
      /^\s*before_action\b/gm,
    ],
  ],
  [
    'javascript',
    [
      /\b(?:const|let|var)\s+[\w{[]/g,
      /=>/g,
      /\brequire\(\s*['"]/g,
      /^import\s+.*\sfrom\s+['"]/gm,
      /^export\s+(?:default|const|async|function|class)\b/gm,
      /\bawait\s/g,
      /===|!==/g,
      /\bfunction\s*\w*\s*\([^$]*?\)\s*\{/g,
    ],
  ],
  ['dotenv', [/^[A-Z][A-Z0-9_]*=\S*$/gm]],
  ['json', [/^\s*"[^"]+"\s*:\s/gm, /^\s*[{}[\]],?\s*$/gm]],
  ['yaml', [/^\s*[\w.-]+:\s*(?:[\w"'./{[].*)?$/gm, /^\s*-\s+[\w"']+/gm]],
  ['markdown', [/^#{1,6}\s/gm, /^```/gm, /^\s*[-*]\s+[A-Z]/gm]],
];
