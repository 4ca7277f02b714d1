/** `switch` as a chain of `if`. */
import type { Expr, Stmt } from '../../ir/ir.js';
import { child, namedChildren, type SyntaxNode, spanOf } from '../../syntax/read.js';
import { lowerExpression } from './expressions.js';
import type { Lowering } from './lowering.js';
import { lowerStatements } from './statements.js';

/** Cases whose labels stand together, with the body that they share. */
interface Group {
  readonly span: Stmt['span'];
  /** Absent for `default`, which no test guards. */
  readonly test: Expr | undefined;
  readonly body: readonly Stmt[];
  /** Its end is not reached by `break`, `return`, `throw` or `continue`: the next body runs too. */
  readonly fallsThrough: boolean;
}

/** With more cases than this the first ones stand beside the chain instead of around it. */
const MAX_CHAIN = 150;

/** The name that a computed subject gets, so that it is computed once. */
const SUBJECT = '$subject';

/** Lowers a switch. */
export function lowerSwitch(node: SyntaxNode, lowering: Lowering): readonly Stmt[] {
  const value = lowerExpression(child(node, 'value'), lowering);
  const subject: Expr = isPlain(value) ? value : { kind: 'name', span: value.span, name: SUBJECT };
  const chain = chainOf(defaultLast(groupsOf(node, subject, lowering)));
  if (subject === value) {
    return chain;
  }
  const target = { kind: 'bind', span: value.span, name: SUBJECT } as const;
  const kept: Stmt = { kind: 'let', span: value.span, target, value, declares: 'block' };
  return [{ kind: 'block', span: spanOf(node), body: [kept, ...chain] }];
}

/** Can be written twice without being run twice. */
function isPlain(value: Expr): boolean {
  return value.kind === 'literal' || value.kind === 'name' || (value.kind === 'member' && isPlain(value.object));
}

function groupsOf(node: SyntaxNode, subject: Expr, lowering: Lowering): readonly Group[] {
  const cases = namedChildren(child(node, 'body') ?? node).filter(
    (one) => one.type === 'switch_case' || one.type === 'switch_default',
  );
  const groups: Group[] = [];
  let tests: Expr[] = [];
  let isDefault = false;
  for (const [at, one] of cases.entries()) {
    const label = child(one, 'value');
    if (one.type === 'switch_default') {
      isDefault = true;
    } else {
      tests.push(testOf(subject, lowerExpression(label, lowering)));
    }
    const nodes = namedChildren(one).filter((part) => part.field === 'body');
    if (nodes.length === 0 && at < cases.length - 1) {
      continue;
    }
    const body = lowerStatements(unwrapBlock(nodes), lowering);
    groups.push({
      span: spanOf(one),
      test: isDefault ? undefined : anyOf(tests),
      body: withoutBreak(body),
      fallsThrough: at < cases.length - 1 && !exits(body),
    });
    tests = [];
    isDefault = false;
  }
  return groups;
}

/** `case x: { … }`: the braces are the case's own. */
function unwrapBlock(nodes: readonly SyntaxNode[]): readonly SyntaxNode[] {
  const [only] = nodes;
  return nodes.length === 1 && only?.type === 'statement_block' ? namedChildren(only) : nodes;
}

/** `switch (true)` tests its cases themselves. */
function testOf(subject: Expr, label: Expr): Expr {
  return subject.kind === 'literal' && subject.value === true
    ? label
    : { kind: 'binary', span: label.span, operator: '==', left: subject, right: label };
}

function anyOf(tests: readonly Expr[]): Expr | undefined {
  const [first] = tests;
  if (first === undefined || tests.length === 1) {
    return first;
  }
  const middle = tests.length >> 1;
  const left = anyOf(tests.slice(0, middle));
  const right = anyOf(tests.slice(middle));
  if (left === undefined || right === undefined) {
    return left ?? right;
  }
  return { kind: 'binary', span: { start: left.span.start, end: right.span.end }, operator: '||', left, right };
}

function exits(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  switch (last?.kind) {
    case 'exit':
      return true;
    case 'block':
      return exits(last.body);
    case 'if':
      return exits(last.then) && exits(last.otherwise);
    case 'try':
      return exits(last.finally) || (exits(last.body) && last.handlers.every((handler) => exits(handler.body)));
    default:
      return false;
  }
}

/** A `break` leaves the switch: at the end it says nothing, in an `if` it makes the rest the other branch. */
function withoutBreak(body: readonly Stmt[]): readonly Stmt[] {
  const end = body.findIndex((one) => one.kind === 'exit' && one.how === 'break');
  if (end !== -1) {
    return withoutBreak(body.slice(0, end));
  }
  const at = body.findIndex((one) => one.kind === 'if' && (endsWithBreak(one.then) || endsWithBreak(one.otherwise)));
  const branch = body[at];
  if (branch?.kind !== 'if') {
    return body;
  }
  const rest = body.slice(at + 1);
  const after = (arm: readonly Stmt[], stops: boolean) => withoutBreak(stops ? arm : [...arm, ...rest]);
  const thenStops = endsWithBreak(branch.then) || exits(branch.then);
  const otherwiseStops = endsWithBreak(branch.otherwise) || exits(branch.otherwise);
  return [
    ...body.slice(0, at),
    {
      ...branch,
      then: after(branch.then, thenStops),
      // The rest stands once: if both arms go on, it stays behind the branch.
      otherwise: after(branch.otherwise, otherwiseStops),
    },
  ];
}

function endsWithBreak(body: readonly Stmt[]): boolean {
  const last = body.at(-1);
  return last?.kind === 'exit' && last.how === 'break';
}

/** A `default` between cases is what is left when they fail. */
function defaultLast(groups: readonly Group[]): readonly Group[] {
  const at = groups.findIndex((group) => group.test === undefined);
  const group = groups[at];
  if (group === undefined || at === groups.length - 1 || group.fallsThrough || groups[at - 1]?.fallsThrough) {
    return groups;
  }
  return [...groups.slice(0, at), ...groups.slice(at + 1), group];
}

function chainOf(groups: readonly Group[]): readonly Stmt[] {
  // Tests of bodies that fall into this one.
  let carried: readonly Expr[] = [];
  const tests = groups.map((group) => {
    const own = group.test === undefined ? undefined : anyOf([...carried, group.test]);
    carried = !group.fallsThrough ? [] : own === undefined ? [] : [own];
    return own;
  });
  let chain: readonly Stmt[] = [];
  let length = 0;
  for (let at = groups.length - 1; at >= 0; at--) {
    const group = groups[at];
    const test = tests[at];
    if (group === undefined) {
      continue;
    }
    if (test === undefined) {
      chain = group.fallsThrough ? [...group.body, ...chain] : group.body;
      continue;
    }
    const beside = group.fallsThrough || length >= MAX_CHAIN;
    length += beside ? 0 : 1;
    const branch: Stmt = {
      kind: 'if',
      span: group.span,
      test,
      then: group.body,
      otherwise: beside ? [] : chain,
    };
    chain = beside ? [branch, ...chain] : [branch];
  }
  return chain;
}
