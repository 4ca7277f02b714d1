/**
 * Which files rules look at. A file without any of these words can hold no finding and no verdict but `na`: facts need a
 * credential, a request, a route or a guard, and each of those is written in words. The list has two sources: what
 * recognisers look for (below), and the modules and names of library models. It is still lowered when another file asks
 * for one of its names. `pre-filter.test.ts` holds the reports of all fixtures against those without the filter.
 */
import type { FactKind } from '../facts/kinds.js';
import type { LibraryModel } from '../facts/library-model.js';
import { LIBRARIES } from '../libraries/index.js';

/** Credentials and what is done with them, by whatever name. */
const CREDENTIALS =
  /token|jwt|\bjw[sek]\b|jose|passw|passphrase|passcode|secret|credential|bearer|api_?key|(?:private|signing|encryption|hmac)_?key|authoriz|authentic|oauth|openid|oidc|pkce|saml|[cx]srf|hmac|bcrypt|argon2|scrypt|pbkdf2|cookie|session|debuglevel/i;
/** Logins and guards: words that need their borders. */
const LOGINS =
  /\b(?:[aA]uth|AUTH|[gG]uards?|acl|ACL|rbac|RBAC)\b|[a-z]Auth\b|(?:\b|[a-z])Auth[A-Z]|auth[A-Z]|auth_|_auth|AUTH_|(?:[lL]og|[sS]ign)_?(?:[iI]n|[oO]ut)\b|(?:log|sign)(?:In|Out)|[iI]s_?(?:[aA]dmin|[sS]taff|superuser)|(?:has|check|require|with)_?[rR]ole|\.roles?\b|[lL]ocalStorage|AsyncStorage|SecureStore|client_?[iI]d\b/;
/** Ways in. */
const ROUTES =
  /\b(?:app|api|server|fastify|routes?|blueprint|bp|mux|group|[rge]|\w*[rR]outer)\.(?:get|post|put|patch|delete|all|use|route|websocket|GET|POST|PUT|PATCH|DELETE|Handle|HandleFunc|Group|include_router|add_api_route)\(|^\s*@\w+\.(?:get|post|put|patch|delete|route|api_route|websocket|middleware|before_request|exception_handler)\(|@(?:Get|Post|Put|Patch|Delete|All|Controller|Use[A-Z]\w+|Query|Mutation|Resolver|Public|\w*Mapping|RestController|Path)\b|\[(?:Http(?:Get|Post|Put|Patch|Delete)|Route|ApiController)|\bMap(?:Get|Post|Put|Patch|Delete|Group)\(|\bRoute::|urlpatterns|APIView|ViewSet|APIRouter|Depends\(|['"]use server['"]|export (?:async )?(?:function|const) (?:GET|POST|PUT|PATCH|DELETE|loader|action|load|actions)\b|[pP]rocedure\b|\brouting\s*\{|before_action|resources? :/m;
/** What a client sends, and where it is sent next. */
const REQUESTS =
  /\b_?req(?:uest)?\.\w|\breq\b|\brequest\b\s*[,:)]|HttpRequest|\bctx\.(?:request|params|query|state|body|req|user)|\bc\.(?:req|get|var|Query|Param|Bind|ShouldBind)|\bevent\.(?:headers|body|locals|request|queryStringParameters|cookies|url)|handshake|\$_(?:GET|POST|REQUEST|SERVER)|\$request->|\bparams\[|HttpServletRequest|HttpContext|http\.Request\b|gin\.Context|echo\.Context|fiber\.Ctx|return_?to\b|return_?ur[il]|redirect_?to\b|redirect_?ur[il]|callback_?ur[il]|next_?url|postMessage|\bcall\.(?:receive|parameters|request)/i;
/** Stored data: what a handler hands to a service is written, or looked up, there. */
const RECORDS =
  /\b(?:findUnique|findFirst|findOne|findById|findByPk|findMany|findAll|insertOne|insertMany|updateOne|updateMany|upsert|findByIdAnd\w+|findOneAnd\w+|find_one\w*|get_or_404|get_object_or_404|update_or_create|bulk_create|deleteOne|deleteMany|destroy|setattr)\b|Object\.assign\(|\.objects\.|[rR]esolver|mongoose|[pP]risma|sequelize|typeorm|drizzle|pgTable|sqlalchemy|models\.Model|\bsession\.(?:query|execute|get|add)|\bprisma\.|\bdb\.\w|\.(?:create|insert|update|save)\(/;
/** Environment and configuration that may hold a secret. */
const SETTINGS =
  /secret|passw|pwd|token|api_?-?key|private|signing|credential|jwt|auth|dsn\b|BEGIN [A-Z ]*KEY|[_-]key\b|Key\b|KEY\b|:\/\/[^\s/@:]*:[^\s/@]+@|AKIA|_live_|gh[pousr]_/i;

/** Facts that say nothing of a file by themselves: they matter beside a credential or a request, which have their own words. */
const QUIET: ReadonlySet<FactKind | undefined> = new Set<FactKind | undefined>([
  undefined,
  'LogWrite',
  'ErrorResponse',
  'ClientRequest',
  'StoreWrite',
  'CookieWrite',
  'RequestInput',
  'PrincipalRead',
  // Written in the words of `ROUTES`.
  'Route',
  'RouterMount',
  'GuardBinding',
]);

const CONFIGURATION: ReadonlySet<string> = new Set(['dotenv', 'json', 'yaml', 'toml', 'properties', 'markdown']);
const CODE = [CREDENTIALS, LOGINS, ROUTES, REQUESTS, RECORDS];
const MODELS = libraryWords(LIBRARIES);
const HANDLER_FILES = LIBRARIES.flatMap((model: LibraryModel) =>
  (model.files ?? []).map((file) => new RegExp(file.path)),
);

/** Whether a file may hold something about authentication or authorization. */
export function mayHoldAuth(path: string, text: string, languageId: string): boolean {
  if (CONFIGURATION.has(languageId)) return SETTINGS.test(text);
  return CODE.some((words) => words.test(text)) || MODELS.test(text) || HANDLER_FILES.some((file) => file.test(path));
}

/** The modules, and the names of globals, of library models that give facts on their own, as far as no other word covers them. */
function libraryWords(models: readonly LibraryModel[]): RegExp {
  const found = new Set<string>();
  for (const model of models) {
    const loud = [...(model.calls ?? []), ...(model.members ?? [])].filter((row) => !QUIET.has(row.is));
    if (loud.length === 0) continue;
    for (const module of model.modules) if (module !== '' && !isCovered(module)) found.add(module);
    for (const row of loud) {
      const word = wordOf('call' in row ? row.call : row.member, model);
      if (word.length > 3 && !isCovered(word)) found.add(word);
    }
  }
  const words = [...found].map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(words.length === 0 ? '(?!)' : `(?<![\\w-])(?:${words.join('|')})(?![\\w-])`);
}

/** The word that code must write to mean a row's name: its module, or the name itself where that is a global. */
function wordOf(name: string, model: LibraryModel): string {
  const [, full] = /^[a-z]+:(.+)$/.exec(name) ?? [];
  if (full !== undefined)
    return model.ecosystem === 'npm'
      ? full.replace(/^((?:@[^/]+\/)?[^.#]+).*$/, '$1')
      : full.replace(/(?:[.#]\w+)?$/, '').replace(/\.[A-Z]\w*$/, '');
  return model.modules.includes('') ? (name.split(/[.#]/).at(-1) ?? '') : '';
}

function isCovered(name: string): boolean {
  return CREDENTIALS.test(name) || LOGINS.test(name);
}
