/** What a claim of a token tells about a person, by its name. The only place where a claim's name is a reason. */
import { wordsOf } from './token-uses.js';

/**
 * `credential`: opens something by itself. `official`: government, money, health. `personal`: beyond what identifies.
 * `contact`: e-mail, name, picture. `business`: prices, limits, internal flags. `foreign`: an id in another system.
 */
export type ClaimClass = 'credential' | 'official' | 'personal' | 'contact' | 'business' | 'foreign';

/** Names that hold such a word and are fine all the same. */
const FINE =
  /^(?:(?:at|c|s) hash|ath|jkt|cnf|csrf(?: token)?|xsrf(?: token)?|(?:token|password|pwd|pw|session|credential)s? ?(?:version|ver|epoch|id|type|use|changed at|updated at|expires(?: at)?|expiry|expires in|kind)|jti|has .*|is .*|must .*|needs .*|.* verified|.* confirmed|.* changed at|.* enabled|.* count|.* required|wallet(?: address)?|address type|user ?name|preferred user ?name|login|session id|sid|key id|kid|.* set|.* version|tenant name|org(?:anization)? name|company name|role names?|client name|service name|device name|app name|permission name)$/;

const CLASSES: readonly (readonly [RegExp, ClaimClass])[] = [
  [
    /\b(?:password|passwd|passwort|pwd|passphrase|passcode|hash|hashed|salt|pin|pin code|otp|otp secret|totp|recovery codes?|backup codes?|security answer|secret|secrets|api key|private key|secret key|client secret|access key|signing key|encryption key|connection string|database url|credentials?)\b|\b(?:access|refresh|id|reset|github|google|facebook|gitlab|slack|discord|microsoft|azure|provider|oauth|o auth|api|bearer|upstream|third party|idp|kc|keycloak|spotify|stripe|verification|session|auth|remember|graph|ms|gh|backend|jira|notion|dropbox|twitter|linkedin|external)\b.*\btoken$|^tokens?$/,
    'credential',
  ],
  [
    /\b(?:ssn|social security(?: number)?|national id(?:entity)?|nin|nino|national insurance|tax (?:id|number)|tin|vat id|passport(?: number| no)?|driv(?:er|ing) ?s? licen[cs]e|licen[cs]e number|id card|iban|bic|bank account|account number|routing number|sort code|card(?: number| last4| no)?|credit card|pan|cvv|cvc|salary|income|wage|net worth|diagnos[ei]s|medical(?: record)?|health|blood type|insurance(?: number)?|bsn|cpf|aadhaar|steuer id)\b/,
    'official',
  ],
  [
    /\b(?:phone|phone number|mobile|mobile number|cell|telephone|tel|address|street|city|zip|zip code|postal code|postcode|birth ?(?:date|day)|date of birth|dob|age|gender|sex|religion|ethnicity|race|nationality|marital status|location|latitude|longitude|geo|ip|ip address|emergency contact|home address)\b/,
    'personal',
  ],
  [
    /\b(?:credit score|risk score|fraud score|score|internal notes?|notes?|price|prices|pricing|discount|margin|cost|revenue|commission|balance|credit limit|spending limit|limits?|quota|max \w+|internal|feature flags?|flags|experiments?|churn|lifetime value|ltv|segment|net price|credits|budget)\b/,
    'business',
  ],
  [
    /\b(?:stripe|paypal|braintree|salesforce|hubspot|intercom|zendesk|shopify|twilio|sap|erp|crm|legacy|external|chargebee|paddle|customer)\b.*\bid$/,
    'foreign',
  ],
  [
    /^(?:e ?mail(?: address)?|mail|user e ?mail|name|first name|last name|full name|given name|family name|middle name|display name|real name|surname|nickname|user full name|picture|avatar(?: url)?|photo(?: url)?|image(?: url)?|profile (?:picture|image|photo)(?: url)?|locale|unique name|upn)$/,
    'contact',
  ],
];

/** The class of a claim's name, or of the field that it is filled from; `undefined` where it tells nothing. */
export function classOfClaim(name: string): ClaimClass | undefined {
  const words = wordsOf(name.slice(name.lastIndexOf('/') + 1));
  if (FINE.test(words)) return undefined;
  return CLASSES.find(([pattern]) => pattern.test(words))?.[1];
}
