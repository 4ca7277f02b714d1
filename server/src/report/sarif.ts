/**
 * SARIF 2.1.0, within the part and the limits that GitHub's code scanning documents: rule help, fingerprints, related
 * places as links in the message, fixes, suppressions.
 */
import type { Range, Severity } from '../engine/index.js';
import type { RuleInfo } from '../engine/index.js';
import { rulePage } from '../engine/index.js';
import type { FindingFix, PlacedFinding, Report, ReviewedFinding } from './report.js';
import { findingsOf } from './report.js';

/** GitHub's limits for one run. */
const MOST_RESULTS = 25_000;
const MOST_LOCATIONS = 1000;

/** The report as text, ending in a line end. */
export function renderSarif(report: Report, rules: readonly RuleInfo[]): string {
  return `${JSON.stringify(sarifLog(report, rules), null, 2)}\n`;
}

/** The report as plain data. */
export function sarifLog(report: Report, rules: readonly RuleInfo[]): object {
  const placed = findingsOf(report).slice(0, MOST_RESULTS);
  const ids = [...new Set(placed.map(({ finding }) => finding.rule))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'AuthLens',
            semanticVersion: report.version,
            rules: ids.map((id) =>
              ruleRecord(
                id,
                rules.find((rule) => rule.id === id),
              ),
            ),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { SRCROOT: { description: { text: 'The folder that AuthLens was started in.' } } },
        invocations: [invocation(report)],
        results: placed.map(({ finding }: PlacedFinding) => resultRecord(finding, ids)),
      },
    ],
  };
}

function ruleRecord(id: string, rule: RuleInfo | undefined): object {
  if (rule === undefined) return { id, shortDescription: { text: id } };
  const level = worst(rule.severities);
  return {
    id,
    name: id,
    shortDescription: { text: rule.title },
    fullDescription: { text: rule.why },
    help: { text: `${rule.why}\n\n${rule.attack}\n\n${rule.remedy}`, markdown: rulePage(rule, []) },
    defaultConfiguration: { level: LEVEL[level] },
    properties: {
      tags: ['security', ...(rule.item === undefined ? [] : [rule.item]), ...rule.cwe.map(cweTag)].slice(0, 20),
      precision: rule.precision,
      'problem.severity': PROBLEM[level],
      'security-severity': SCORE[level],
    },
  };
}

function resultRecord(finding: ReviewedFinding, ids: readonly string[]): object {
  const related = finding.related.slice(0, MOST_LOCATIONS);
  const links = related.map(({ path, range }, i) => `[${linkText(`${path}:${range.start.line + 1}`)}](${i + 1})`);
  return {
    ruleId: finding.rule,
    ruleIndex: ids.indexOf(finding.rule),
    level: LEVEL[finding.severity],
    message: { text: links.length === 0 ? finding.message : `${finding.message} See ${links.join(', ')}.` },
    locations: [{ physicalLocation: physicalLocation(finding.path, finding.range) }],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map(({ path, range, message }, i) => ({
            id: i + 1,
            message: { text: message },
            physicalLocation: physicalLocation(path, range),
          })),
        }),
    partialFingerprints: { primaryLocationLineHash: finding.fingerprint, 'authlens/v1': finding.fingerprint },
    ...(finding.fixes.length === 0 ? {} : { fixes: finding.fixes.map(fixRecord) }),
    ...(finding.accepted === null
      ? {}
      : {
          suppressions: [
            {
              kind: finding.accepted.by === 'comment' ? 'inSource' : 'external',
              status: 'accepted',
              justification: finding.accepted.reason,
            },
          ],
        }),
    ...(finding.change === null ? {} : { baselineState: finding.change }),
  };
}

function fixRecord({ title, edits }: FindingFix): object {
  const paths = [...new Set(edits.map(({ path }) => path))];
  return {
    description: { text: title },
    artifactChanges: paths.map((path) => ({
      artifactLocation: artifactLocation(path),
      replacements: edits
        .filter((edit) => edit.path === path)
        .map(({ range, text }) => ({ deletedRegion: region(range), insertedContent: { text } })),
    })),
  };
}

function invocation(report: Report): object {
  const note = (path: string, text: string, level: string) => ({
    level,
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: artifactLocation(path) } }],
  });
  return {
    executionSuccessful: report.errors.length === 0,
    toolExecutionNotifications: [
      ...report.errors.map(({ path, message }) => note(path, message, 'error')),
      ...report.skipped.map(({ path, reason }) => note(path, `Not reviewed: ${reason}.`, 'note')),
    ],
  };
}

function physicalLocation(path: string, range: Range): object {
  return { artifactLocation: artifactLocation(path), region: region(range) };
}

function artifactLocation(path: string): object {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: 'SRCROOT' };
}

function region({ start, end }: Range): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

const LEVEL: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };
const PROBLEM: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'recommendation' };
/** GitHub shows these numbers as high, medium and low. */
const SCORE: Readonly<Record<Severity, string>> = { error: '8.0', warning: '5.5', info: '3.0' };

function worst(severities: readonly Severity[]): Severity {
  const order: readonly Severity[] = ['error', 'warning', 'info'];
  return order.find((severity) => severities.includes(severity)) ?? 'info';
}

function cweTag(number: number): string {
  return `external/cwe/cwe-${String(number).padStart(3, '0')}`;
}

function linkText(text: string): string {
  return text.replace(/[[\]\\]/g, '\\$&');
}
