/**
 * What the standards say about each item of the checklist: sections that were read, with links. Numbers of the OWASP
 * ASVS are those of version 5.0; the JWT best practices keep their section numbers in the revision under way.
 */
import type { ChecklistItemId } from '../checklist/items.js';

/** A passage of a standard, and where to read it. */
export interface Reference {
  readonly label: string;
  readonly url: string | undefined;
}

export interface ItemStandards {
  /** OWASP ASVS 5.0 requirements, with their level. */
  readonly asvs: readonly (readonly [requirement: string, level: 1 | 2 | 3])[];
  /** Sections of RFC 9700, Best Current Practice for OAuth 2.0 Security. */
  readonly oauthSecurity: readonly string[];
  /** Sections of RFC 8725, JSON Web Token Best Current Practices. */
  readonly jwtPractices: readonly string[];
  /** Sections of the OAuth 2.1 draft. */
  readonly oauth21: readonly string[];
  /** Weaknesses; the nearest ones where the list has no exact one. */
  readonly cwe: readonly number[];
  /** OWASP API Security Top 10, 2023. */
  readonly apiTop10: readonly ('API1' | 'API2' | 'API3' | 'API5')[];
  /** Where the checklist is stricter than the standards, or looser, in a sentence. */
  readonly departure?: string;
}

export const STANDARDS: Readonly<Record<ChecklistItemId, ItemStandards>> = {
  'oauth-flow': {
    asvs: [['10.4.4', 1], ['10.6.1', 2], ['10.1.1', 2]],
    oauthSecurity: ['2.1.2', '2.4', '2.5'],
    jwtPractices: [],
    oauth21: ['10.1', '2.1', '8.1.1'],
    cwe: [522, 598],
    apiTop10: ['API2'],
  },
  pkce: {
    asvs: [['10.4.6', 2], ['10.2.1', 2], ['10.1.2', 2]],
    oauthSecurity: ['2.1.1', '4.5.3.1', '4.8.2'],
    jwtPractices: [],
    oauth21: ['4.1.1', '7.5.1'],
    cwe: [345, 338],
    apiTop10: ['API2'],
  },
  'jwt-algorithms': {
    asvs: [['9.1.1', 1], ['9.1.2', 1], ['9.1.3', 1], ['6.8.2', 2]],
    oauthSecurity: [],
    jwtPractices: ['3.1', '2.1', '3.2', '3.3', '3.10'],
    oauth21: [],
    cwe: [347, 327],
    apiTop10: ['API2'],
  },
  'token-expiry': {
    asvs: [['9.2.1', 1], ['10.4.8', 2], ['7.3.2', 2], ['6.4.1', 1]],
    oauthSecurity: ['4.14.2'],
    jwtPractices: [],
    oauth21: ['7.1.3.5'],
    cwe: [613],
    apiTop10: ['API2'],
    departure: 'The standards ask for short-lived access tokens and name no number; 60 minutes is this checklist’s own limit.',
  },
  'issuer-audience': {
    asvs: [['9.2.3', 2], ['9.2.2', 2], ['10.3.1', 2], ['10.5.4', 2], ['10.5.3', 2]],
    oauthSecurity: ['2.3', '4.10.2'],
    jwtPractices: ['3.8', '3.9', '3.12', '2.7', '3.11'],
    oauth21: ['5.2', '7.1.3.6'],
    cwe: [345, 287],
    apiTop10: ['API2'],
  },
  'refresh-rotation': {
    asvs: [['10.4.5', 1]],
    oauthSecurity: ['2.2.2', '4.14.2'],
    jwtPractices: [],
    oauth21: ['4.3.3'],
    cwe: [294, 613],
    apiTop10: ['API2'],
    departure:
      'RFC 9700 demands rotation of public clients only, and takes tokens that are bound to the client’s key instead.',
  },
  'refresh-storage': {
    asvs: [['3.3.1', 1], ['3.3.2', 2], ['3.3.4', 2], ['10.1.1', 2], ['14.3.3', 2]],
    oauthSecurity: ['4.14.1'],
    jwtPractices: [],
    oauth21: ['7.1.3.1', '7.1.3.4'],
    cwe: [922, 1004, 614, 1275, 312, 315],
    apiTop10: ['API2'],
    departure:
      'ASVS 14.3.3 excepts session tokens from its rule on browser storage; this checklist does not, for a script that runs in the page reads them all.',
  },
  revocation: {
    asvs: [['7.4.1', 1], ['7.4.2', 1], ['7.4.3', 2], ['7.4.5', 2], ['10.4.9', 2], ['8.3.2', 3]],
    oauthSecurity: ['4.14.2'],
    jwtPractices: [],
    oauth21: [],
    cwe: [613],
    apiTop10: ['API2'],
  },
  'redirect-uri': {
    asvs: [['10.4.1', 1], ['3.7.2', 2]],
    oauthSecurity: ['2.1', '4.1.3', '4.11.1', '4.11.2'],
    jwtPractices: [],
    oauth21: ['2.3', '7.13'],
    cwe: [601, 183],
    apiTop10: [],
  },
  state: {
    asvs: [['10.2.1', 2], ['10.1.2', 2], ['10.5.1', 2]],
    oauthSecurity: ['2.1', '4.7.1'],
    jwtPractices: [],
    oauth21: ['2.3.3', '7.10'],
    cwe: [352, 330],
    apiTop10: [],
    departure:
      'RFC 9700 also accepts S256 PKCE or a verified OpenID Connect `nonce`, bound to this browser, in place of `state`.',
  },
  'token-logging': {
    asvs: [['16.2.5', 2], ['14.2.1', 1], ['16.5.1', 2]],
    oauthSecurity: ['4.3.2', '4.2.4'],
    jwtPractices: [],
    oauth21: ['7.1.3.7', '2.4.1'],
    cwe: [532, 598, 209],
    apiTop10: ['API2'],
  },
  scopes: {
    asvs: [['10.2.3', 3], ['10.4.11', 2], ['10.3.2', 2]],
    oauthSecurity: ['2.3'],
    jwtPractices: [],
    oauth21: ['7.1.4'],
    cwe: [266, 272, 863],
    apiTop10: [],
  },
  'identity-source': {
    asvs: [['8.2.2', 1], ['8.3.1', 1], ['10.3.2', 2], ['10.3.3', 2], ['10.5.2', 2], ['4.1.3', 2], ['8.4.1', 2]],
    oauthSecurity: ['4.15'],
    jwtPractices: ['3.8'],
    oauth21: [],
    cwe: [639, 862, 863, 807, 565],
    apiTop10: ['API1', 'API3'],
  },
  secrets: {
    asvs: [['13.3.1', 2], ['13.3.4', 3], ['11.2.3', 2], ['11.5.1', 2]],
    oauthSecurity: ['2.5'],
    jwtPractices: ['2.2', '3.5'],
    oauth21: ['2.4.1', '8.1.1'],
    cwe: [798, 321, 259, 326, 540],
    apiTop10: ['API2'],
  },
  'token-payload': {
    asvs: [['14.1.1', 2], ['14.2.6', 3], ['15.3.1', 1]],
    oauthSecurity: [],
    jwtPractices: [],
    oauth21: ['7.1.1.2'],
    cwe: [200, 201, 359, 312],
    apiTop10: ['API3'],
  },
  'endpoint-protection': {
    asvs: [['8.2.1', 1], ['8.2.2', 1], ['8.3.1', 1], ['16.5.3', 2], ['6.3.4', 2]],
    oauthSecurity: ['2.3'],
    jwtPractices: [],
    oauth21: ['5.2'],
    cwe: [306, 862, 863, 285, 636],
    apiTop10: ['API5', 'API2'],
  },
};

/** Every reference of an item, in the order in which they help most. */
export function referencesOf(item: ChecklistItemId): readonly Reference[] {
  const { asvs, oauthSecurity, jwtPractices, oauth21, cwe, apiTop10 } = STANDARDS[item];
  return [
    ...oauthSecurity.map((section) => rfcReference(9700, section)),
    ...jwtPractices.map((section) => rfcReference(8725, section)),
    ...asvs.map(([requirement, level]) => asvsReference(requirement, level)),
    ...oauth21.map(oauth21Reference),
    ...cwe.map(cweReference),
    ...apiTop10.map(apiReference),
  ];
}

/** The few references that a hover has room for: one section of each kind. */
export function leadingReferences(item: ChecklistItemId): readonly Reference[] {
  const { asvs, oauthSecurity, jwtPractices } = STANDARDS[item];
  const rfc = oauthSecurity[0] !== undefined ? rfcReference(9700, oauthSecurity[0]) : undefined;
  const jwt = jwtPractices[0] !== undefined ? rfcReference(8725, jwtPractices[0]) : undefined;
  const requirement = asvs[0] === undefined ? undefined : asvsReference(...asvs[0]);
  return [rfc, jwt, requirement].filter((reference) => reference !== undefined);
}

/** A weakness of the Common Weakness Enumeration. */
export function cweReference(number: number): Reference {
  return { label: `CWE-${number}`, url: `https://cwe.mitre.org/data/definitions/${number}.html` };
}

/** A reference as a rule writes it: an address, or a passage by its usual name (`RFC 8725 §3.1`, `ASVS 9.2.1`). */
export function referenceFrom(text: string): Reference {
  const address = /^https?:\/\/\S*$/.exec(text);
  if (address !== null) return linkReference(text);
  for (const [form, make] of FORMS) {
    const match = form.exec(text);
    if (match !== null) return make(match[1]!, match[2]);
  }
  return { label: text, url: undefined };
}

const FORMS: readonly (readonly [form: RegExp, make: (first: string, second?: string) => Reference])[] = [
  [/^RFC (\d+) §([\d.]+)$/, (number, section) => rfcReference(Number(number), section)],
  [/^RFC (\d+)$/, (number) => rfcReference(Number(number), undefined)],
  [/^ASVS (\d+(?:\.\d+)+)(?: \(.*\))?$/, (requirement) => asvsReference(requirement, levelOf(requirement))],
  [/^OAuth 2\.1(?: draft)? §([\d.]+)$/, (section) => oauth21Reference(section)],
  [/^CWE-(\d+)$/, (number) => cweReference(Number(number))],
  [/^(?:OWASP )?(API\d+)(?::2023)?$/, (id) => apiReference(id)],
];

/** The level of a requirement that some item cites. */
function levelOf(requirement: string): number | undefined {
  const cited = Object.values(STANDARDS).flatMap(({ asvs }) => asvs);
  return cited.find(([id]) => id === requirement)?.[1];
}

function linkReference(url: string): Reference {
  const rfc = /\/rfc(\d+)(?:\.html)?(?:#section-([\d.]+))?$/.exec(url);
  if (rfc !== null) return { label: `RFC ${rfc[1]}${rfc[2] === undefined ? '' : ` §${rfc[2]}`}`, url };
  return { label: url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, ''), url };
}

function oauth21Reference(section: string): Reference {
  return {
    label: `OAuth 2.1 draft §${section}`,
    url: `https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#section-${section}`,
  };
}

function rfcReference(number: number, section: string | undefined): Reference {
  const page = `https://www.rfc-editor.org/rfc/rfc${number}`;
  return section === undefined
    ? { label: `RFC ${number}`, url: page }
    : { label: `RFC ${number} §${section}`, url: `${page}#section-${section}` };
}

const ASVS_CHAPTERS: Readonly<Record<string, string>> = {
  3: '0x12-V3-Web-Frontend-Security',
  4: '0x13-V4-API-and-Web-Service',
  6: '0x15-V6-Authentication',
  7: '0x16-V7-Session-Management',
  8: '0x17-V8-Authorization',
  9: '0x18-V9-Self-contained-Tokens',
  10: '0x19-V10-OAuth-and-OIDC',
  11: '0x20-V11-Cryptography',
  13: '0x22-V13-Configuration',
  14: '0x23-V14-Data-Protection',
  15: '0x24-V15-Secure-Coding-and-Architecture',
  16: '0x25-V16-Security-Logging-and-Error-Handling',
};

function asvsReference(requirement: string, level: number | undefined): Reference {
  const chapter = ASVS_CHAPTERS[requirement.slice(0, requirement.indexOf('.'))];
  const folder = 'https://github.com/OWASP/ASVS/blob/v5.0.0/5.0/en';
  return {
    label: `ASVS ${requirement}${level === undefined ? '' : ` (L${level})`}`,
    url: chapter === undefined ? folder : `${folder}/${chapter}.md`,
  };
}

const API_PAGES: Readonly<Record<string, string>> = {
  API1: '0xa1-broken-object-level-authorization',
  API2: '0xa2-broken-authentication',
  API3: '0xa3-broken-object-property-level-authorization',
  API5: '0xa5-broken-function-level-authorization',
};

function apiReference(id: string): Reference {
  return { label: `OWASP ${id}:2023`, url: `https://owasp.org/API-Security/editions/2023/en/${API_PAGES[id] ?? ''}` };
}
