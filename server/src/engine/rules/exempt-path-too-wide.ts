import { textOf } from '../semantics/value.js';
import { defineRule } from './rule.js';

export default defineRule({
  id: 'exempt-path-too-wide',
  item: 'endpoint-protection',
  title: 'An exempt entry frees more paths than it names',
  why: 'The list of paths and the list of routes are two documents, and only one of them runs.',
  attack: 'The attacker slips the exempt word into another path. The filter looks away.',
  remedy: 'Deny by default, and list what is open with exact paths, or prefixes that end at a slash.',
  severities: ['error'],
  precision: 'medium',
  cwe: [863, 185],
  references: ['ASVS 8.3.1'],
  examples: [
    {
      language: 'python',
      vulnerable: `EXEMPT = ("/docs", "/health")

class AuthMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if any(p in request.path for p in EXEMPT):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return HttpResponse(status=401)
        return self.get_response(request)
`,
      fixed: `EXEMPT = ("/docs", "/health")

class AuthMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path in EXEMPT:
            return self.get_response(request)
        if not request.user.is_authenticated:
            return HttpResponse(status=401)
        return self.get_response(request)
`,
    },
  ],
  on: 'PartialTest',
  *check({ roles, at }) {
    if (textOf(roles.of) !== 'path') return;
    const text = textOf(roles.text) ?? '';
    const how = textOf(roles.form) === 'ends' ? 'ends with' : 'contains';
    yield {
      at,
      message: `Any path that ${how} ${text === '' ? 'an exempt entry' : `\`${text}\``} skips the check.`,
      fix: { title: 'Compare the beginning of the path', kind: 'suggestion', steps: [{ comparePrefix: at }] },
    };
  },
});
