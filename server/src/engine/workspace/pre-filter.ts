/**
 * Which files rules look at. Exact in this sense: a file without any of these words can hold no fact that a rule listens
 * to. It is still lowered when another file asks for one of its names.
 */
const WORDS =
  /jwt|jws|jose|token|auth|login|log_in|signin|sign_in|session|cookie|secret|password|passwd|credential|bearer|api_?key|private_?key|hmac|saml|openid|oidc|pkce|csrf|redirect|scope|role|permission|guard|middleware|user|account|principal|identity|admin|logger|console\.|print\(|router|route|app\.(?:get|post|put|patch|delete|use|all)|controller|handler|endpoint|localstorage|sessionstorage|random|bcrypt|request|\breq\b|resolver|procedure|mongoose|prisma|sequelize|typeorm|drizzle|pgTable|sqlalchemy|models\.Model|export (?:async )?(?:function|const) (?:GET|POST|PUT|PATCH|DELETE|loader|action|load|actions)\b|process\.env|environ|getenv|use server/i;

/** Whether a file may hold something about authentication or authorization. */
export function mayHoldAuth(_path: string, text: string, _languageId: string): boolean {
  return WORDS.test(text);
}
