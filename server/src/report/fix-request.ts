/** A request that makes an assistant put one finding right: the code, what is wrong, what to do, and how it is checked. */
import { type Finding, itemById } from '../engine/index.js';
import { type MaskableFile, maskedText } from './mask.js';
import { oneLine } from './visible.js';

export interface FixRequest {
  readonly finding: Finding;
  readonly file: MaskableFile & { readonly path: string };
  /** The rule's remedy. */
  readonly remedy: string;
  /** The lines to show, 0-based and inclusive. */
  readonly lines: { readonly first: number; readonly last: number };
}

/** The request as Markdown. What looks like a secret is masked: the text leaves the editor. */
export function renderFixRequest({ finding, file, remedy, lines }: FixRequest): string {
  const shown = maskedText(file)
    .split(/\r\n|\n|\r/)
    .slice(lines.first, lines.last + 1)
    .join('\n');
  const item = finding.item === null ? undefined : itemById(finding.item);
  const place = `${oneLine(file.path)}:${finding.range.start.line + 1}`;
  const others = finding.related.map(
    ({ path, range, message }) => `- ${oneLine(path)}:${range.start.line + 1}: ${oneLine(message)}`,
  );
  const parts = [
    `Fix one security finding in \`${oneLine(file.path)}\`. Change only what the fix needs, keep behaviour and style otherwise, and do not silence the finding with a comment.`,
    `**Finding** (\`${finding.rule}\`, ${place}): ${oneLine(finding.message)}`,
    ...(others.length === 0 ? [] : [`**See also**\n\n${others.join('\n')}`]),
    ...(item === undefined ? [] : [`**Question it answers**: ${item.question}`]),
    `**Remedy**: ${remedy}`,
    `**Code**, ${oneLine(file.path)} from line ${lines.first + 1} (secrets are masked with •):\n\n${fenced(file.language, shown)}`,
    [
      '**Done when**',
      '',
      `- \`authlens check ${oneLine(file.path)} --rule ${finding.rule}\` no longer reports this place,`,
      `- \`authlens check ${oneLine(file.path)}\` reports nothing that it did not report before,`,
      '- no value is guessed: what the code does not tell (an issuer, an audience, an allowed address) comes from configuration and is named in your answer,',
      '- the existing tests pass.',
    ].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function fenced(language: string, code: string): string {
  const ticks = '`'.repeat(Math.max(3, ...[...code.matchAll(/`+/g)].map((run) => run[0].length + 1)));
  return `${ticks}${language}\n${code}\n${ticks}`;
}
