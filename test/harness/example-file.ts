/** The file name that a rule's example is put into, by its language. */

const ENDINGS: Readonly<Record<string, string>> = {
  javascript: 'js',
  typescript: 'ts',
  typescriptreact: 'tsx',
  javascriptreact: 'jsx',
  python: 'py',
  go: 'go',
  java: 'java',
  kotlin: 'kt',
  csharp: 'cs',
  php: 'php',
  ruby: 'rb',
  vue: 'vue',
  svelte: 'svelte',
  yaml: 'yaml',
  json: 'json',
  toml: 'toml',
};

/** `example.js`; `.env.example` for variables. */
export function exampleFile(language: string): string {
  return language === 'dotenv' ? '.env.example' : `example.${ENDINGS[language]}`;
}
