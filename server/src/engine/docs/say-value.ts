/** Values in words: what is known of them, or where they come from. Never the text of a secret. */
import { isLiveCredential } from '../semantics/credential-names.js';
import { sayDuration } from '../semantics/operators.js';
import { alternatives, type Value } from '../semantics/value.js';

/** A value in a few words. */
export function sayValue(value: Value, depth = 3): string {
  switch (value.kind) {
    case 'literal':
      if (typeof value.value === 'string' && (isLiveCredential(value.value) || value.value.length > 120))
        return 'a text that is not shown';
      if (value.value === null) return 'nothing';
      return value.value === '' ? 'an empty text' : code(String(value.value));
    case 'list':
      if (depth === 0) return 'a list';
      return value.items.length === 0 && !value.open
        ? 'an empty list'
        : [...value.items.map((item) => sayValue(item, depth - 1)), ...(value.open ? ['more'] : [])].join(', ');
    case 'oneOf':
      return [...new Set(value.values.map((one) => sayValue(one, depth - 1)))].join(' or ');
    case 'record': {
      const names = [...value.fields.keys()];
      if (depth === 0 || names.length === 0) return value.open ? 'a record' : 'an empty record';
      return `fields ${names.map(code).join(', ')}${value.open ? ' and more' : ''}`;
    }
    case 'duration':
      if (value.seconds === undefined) return 'a duration that is not known';
      return value.by ? `${sayDuration(value.seconds)} unless ${sayOrigin(value.by)} says otherwise` : sayDuration(value.seconds);
    case 'moment':
      if (value.plus === undefined) return 'a moment that is not known';
      return value.plus === 0 ? 'now' : `now + ${sayDuration(value.plus)}`;
    case 'environment':
      return value.fallback
        ? `the environment variable ${code(value.name ?? '…')}, or else ${sayValue(value.fallback, depth - 1)}`
        : sayOrigin(value);
    case 'concat': {
      const parts = value.parts.map((part) => (part.kind === 'literal' ? String(part.value) : '…')).join('');
      return parts.length > 80 ? 'a text put together' : code(parts);
    }
    case 'regex':
      return code(`/${value.pattern}/${value.flags}`);
    default:
      return sayOrigin(value);
  }
}

/** Where a value comes from, without its text. */
export function sayOrigin(value: Value, depth = 4): string {
  switch (value.kind) {
    case 'literal':
      return value.value === '' ? 'an empty text' : value.value === null ? 'nothing' : 'a literal, not shown';
    case 'environment': {
      const read = value.name ? `the environment variable ${code(value.name)}` : 'a variable of the environment';
      if (value.fallback && value.fallback.kind !== 'absent') return `${read}, or else ${sayOrigin(value.fallback, depth - 1)}`;
      return value.checked ? `${read}, checked at the start` : read;
    }
    case 'absent':
      return 'not given';
    case 'random':
      return value.source === 'cryptographic'
        ? `${value.bytes === undefined ? '' : `${value.bytes} `}random bytes from a cryptographic source`
        : 'a random value that can be guessed';
    case 'oneOf':
      return [...new Set(alternatives(value).map((one) => sayOrigin(one, depth - 1)))].join(' or ');
    case 'function':
      return value.fn.name ? `the function ${code(value.fn.name)}` : 'a function';
    case 'class':
    case 'instance':
      return `${value.kind === 'class' ? 'the class' : 'an instance of'} ${code(value.cls.name)}`;
    case 'list':
      return depth === 0 || value.items.length === 0
        ? 'a list'
        : [...new Set(value.items.map((item) => sayOrigin(item, depth - 1)))].join(', ');
    case 'record':
      return 'a record';
    case 'concat':
      return 'a text put together';
    case 'derived':
      return value.how === 'hash' ? 'a hash' : 'a computed value';
    case 'duration':
    case 'moment':
      return sayValue(value);
    default: {
      const path = pathOf(value, depth);
      return path === undefined ? 'not known' : code(path);
    }
  }
}

/** `req.body.email`, `verify()`: a value as a reader would write it. */
function pathOf(value: Value, depth: number): string | undefined {
  if (depth === 0) return '…';
  switch (value.kind) {
    case 'parameter':
      return value.name || undefined;
    case 'member': {
      const object = pathOf(value.object, depth - 1);
      return object === undefined ? undefined : `${object}.${value.property}`;
    }
    case 'element': {
      const object = pathOf(value.object, depth - 1);
      return object === undefined ? undefined : `${object}[…]`;
    }
    case 'external':
      return shortName(value.name);
    case 'result':
      return `${shortName(value.callee)}()`;
    case 'object':
      return shortName(value.type);
    case 'call': {
      const callee = pathOf(value.callee, depth - 1);
      return callee === undefined ? undefined : `${callee}()`;
    }
    case 'function':
      return value.fn.name || undefined;
    default:
      return undefined;
  }
}

/** `npm:express.Request#get` → `Request.get`; `npm:jsonwebtoken.verify` → `jsonwebtoken.verify`. */
function shortName(name: string): string {
  const plain = name.replace(/^\w+:/, '').replace(/\(\)/g, '');
  const parts = plain.split('/').at(-1) ?? plain;
  const [type, member] = parts.split('#');
  const last = (type ?? '').split('.').slice(member ? -1 : -2).join('.');
  return member ? `${last}.${member}` : last;
}

/** Text as code, whatever it holds. */
function code(text: string): string {
  const plain = text.replace(/\s+/g, ' ');
  return plain.includes('`') ? `\`\` ${plain} \`\`` : `\`${plain}\``;
}
