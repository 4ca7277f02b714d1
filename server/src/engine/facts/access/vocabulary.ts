/** Names that say whose data, which rights, which section. Used only where the code itself does not tell. */

const SUBJECT =
  /^(user|owner|author|creator|account|customer|member|patient|tenant|org|organi[sz]ation|workspace|company|team|employee|seller|buyer|client|student|subscriber|profile|merchant|vendor|sender|payer|from_?(user|account))(_?(id|uuid|uid|key|pk))$|^(created_?by|updated_?by|submitted_?by|uploaded_?by|uid|sub|owner|author|user|customer|tenant|username|user_?name|account_?number|from_?account)(_?id)?$/i;
const TARGET =
  /^(assignee|recipient|invitee|to|follow(er|ee|ing)?|target|receiver|friend|member|reviewer|participant|mention|approver|delegate)/i;
const RIGHTS =
  /^(roles?|role_?ids?|is_?(admin|staff|superuser|super_?user|moderator|owner|root|verified|approved|active_?admin)|admin|permissions?|scopes|abilities|groups?|privileges?|access_?level|user_?type|account_?type|authorities)$/i;
const SENSITIVE =
  /^(plan|tier|subscription(_?(status|plan|tier))?|(email_?|phone_?)?verified(_?at)?|email_?verified|approved(_?at)?|banned|balance|credits?|wallet|token_?version|session_?epoch|password_?hash|hashed_?password|(google|github|facebook|apple|provider|stripe|auth0|oidc|cognito)_?(id|sub|customer_?id|uid)|is_?(premium|paid|pro))$/i;
const USER_MODEL =
  /^(auth)?(user|account|member|customer|employee|profile|patient|person|admin|staff|client|student|teacher|subscriber|usermodel|principal|identity|appuser|applicationuser)s?$/i;
const PRIVATE =
  /(admin|internal|export|report|invoice|billing|payment|user|customer|patient|session|token|audit|log|metric|setting|message|order|account|profile|employee|salary|payroll|secret|credential|transaction|transfer|statement|document|note|file|ticket|health|record|backup|config|dashboard|stat)s?/i;
const ADMINISTRATIVE =
  /^(admin|administration|backoffice|back-office|staff|moderation|moderator|internal|manage|management|ops|debug|actuator|impersonate|superuser|superadmin|root)$/i;
const FORM =
  /contact|newsletter|subscri|feedback|lead|inquir|enquir|waitlist|wait-list|survey|rsvp|abuse|support|demo-?request|unsubscribe|track|analytics|beacon|csp|telemetry/i;
const CAPABILITY =
  /^(token|share_?(id|token|code|link)|slug|code|invite(_?(code|token))?|hash|key|short_?(id|code)|public_?id|reset_?token|verification_?token|token_?hash|nonce|jti|state|session_?id|sid)$/i;
const VISIBLE =
  /^(published|is_?published|public|is_?public|active|is_?active|listed|is_?listed|visibility|visible|status|state|slug|enabled|approved|archived|deleted_?at|is_?deleted)$/i;

/** Whether a field names a user, an account, a tenant. */
export function namesSubject(field: string): boolean {
  return SUBJECT.test(field);
}

/** Whether a field names the other party of an act: whom to invite, to follow, to assign. */
export function namesTarget(field: string): boolean {
  return TARGET.test(field);
}

/** Whether a field gives rights. */
export function namesRights(field: string): boolean {
  return RIGHTS.test(field);
}

/** Whether a client must not set a field by itself. */
export function isSensitiveField(field: string): boolean {
  return RIGHTS.test(field) || SENSITIVE.test(field);
}

/** Whether a model is that of the people who log in. */
export function isUserModel(model: string): boolean {
  return USER_MODEL.test(model);
}

/** Whether a path or a model is private by nature. */
export function isPrivateByNature(text: string): boolean {
  return PRIVATE.test(text);
}

/** The administrative segment of a path, or of a file's or container's name. */
export function administrativeSegment(text: string): string | undefined {
  return text.split(/[/.\s]|(?<=[a-z])(?=[A-Z])|_/).find((segment) => ADMINISTRATIVE.test(segment));
}

/** Whether a form is meant for strangers. */
export function isPublicForm(text: string): boolean {
  return FORM.test(text);
}

/** Whether a field is a key that only who was given it can name. */
export function isCapability(field: string): boolean {
  return CAPABILITY.test(field);
}

/** Whether a filter shows only what is meant to be seen. */
export function showsOnlyPublic(field: string): boolean {
  return VISIBLE.test(field);
}

/** Whether a role is one that everybody has. */
export function isEverybodysRole(role: string): boolean {
  return /^(ROLE_)?(user|member|customer|authenticated|basic|guest|viewer|default)$/i.test(role);
}

/** Whether a right is an OAuth scope: what a client may do, not what a person may. */
export function looksLikeScope(right: string): boolean {
  return /[:.]|^(read|write|openid|profile|email|scope|scopes)$/i.test(right);
}
