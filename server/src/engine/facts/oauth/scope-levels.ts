/** How far scopes reach, by provider: one table. Names that are not in it are read by their words. */

export type Level = 'identity' | 'neutral' | 'read' | 'write' | 'full' | 'admin' | 'unknown';
export type Family =
  | 'identity'
  | 'mail'
  | 'files'
  | 'calendar'
  | 'sheets'
  | 'contacts'
  | 'repositories'
  | 'gists'
  | 'organisation'
  | 'directory'
  | 'chat'
  | 'music'
  | 'video'
  | 'cloud'
  | 'payments'
  | 'own';

export interface ScopeReach {
  readonly level: Level;
  readonly family: Family;
  /** A scope of the same provider that suffices for reading. */
  readonly narrower?: string;
}

type Row = readonly [pattern: RegExp, level: Level, family: Family, narrower?: string];

const G = String.raw`^(?:https:\/\/www\.googleapis\.com\/auth\/)?`;
const g = (rest: string) => new RegExp(G + rest + '$');
const M = String.raw`^(?:https:\/\/graph\.microsoft\.com\/)?`;
const m = (rest: string) => new RegExp(M + rest + '$', 'i');

/** OpenID Connect's own, for every provider. */
const OPENID: readonly Row[] = [
  [/^(?:openid|profile|email|address|phone)$/, 'identity', 'identity'],
  [/^(?:offline_access|offline)$/, 'neutral', 'identity'],
];

const TABLE: Readonly<Record<string, readonly Row[]>> = {
  github: [
    [/^(?:read:user|user:email)$/, 'identity', 'identity'],
    [/^user$/, 'write', 'identity', 'read:user'],
    [/^user:follow$/, 'write', 'identity', 'read:user'],
    [/^repo$/, 'full', 'repositories'],
    [/^(?:public_repo|repo_deployment|repo:invite|security_events)$/, 'write', 'repositories'],
    [/^repo:status$/, 'read', 'repositories'],
    [/^gist$/, 'write', 'gists'],
    [/^(?:notifications|read:discussion|read:packages|read:project|read:audit_log)$/, 'read', 'repositories'],
    [/^(?:read:org|read:enterprise)$/, 'read', 'organisation'],
    [/^(?:workflow|write:packages|delete:packages|write:discussion|project|codespace)$/, 'full', 'repositories'],
    [/^(?:delete_repo|site_admin)$/, 'admin', 'repositories'],
    [/^(?:admin:.*|write:org)$/, 'admin', 'organisation'],
  ],
  gitlab: [
    [/^read_user$/, 'identity', 'identity'],
    [/^(?:read_api|read_repository|read_registry)$/, 'read', 'repositories'],
    [/^(?:api|write_repository)$/, 'full', 'repositories', 'read_api'],
    [/^(?:sudo|admin_mode)$/, 'admin', 'repositories'],
  ],
  google: [
    [g(String.raw`(?:userinfo\.(?:email|profile)|plus\.me|plus\.login)`), 'identity', 'identity'],
    [g(String.raw`drive\.(?:file|appdata|install)`), 'write', 'files'],
    [g(String.raw`drive(?:\.metadata)?\.readonly`), 'read', 'files'],
    [g('drive'), 'full', 'files', 'drive.readonly'],
    [/^https:\/\/mail\.google\.com\/?$/, 'full', 'mail', 'gmail.readonly'],
    [g(String.raw`gmail\.(?:readonly|metadata|labels)`), 'read', 'mail'],
    [g(String.raw`gmail\.(?:send|compose|insert)`), 'write', 'mail'],
    [g(String.raw`gmail\.(?:modify|settings\..*)`), 'full', 'mail', 'gmail.readonly'],
    [g(String.raw`calendar(?:\.events|\.settings|\.freebusy|\.calendarlist)?\.readonly`), 'read', 'calendar'],
    [
      g(String.raw`calendar\.(?:events(?:\.owned)?|freebusy|app\.created)`),
      'write',
      'calendar',
      'calendar.events.readonly',
    ],
    [g('calendar'), 'full', 'calendar', 'calendar.readonly'],
    [g(String.raw`(?:spreadsheets|documents|presentations|forms\.body)\.readonly`), 'read', 'sheets'],
    [g(String.raw`(?:spreadsheets|documents|presentations|forms\.body)`), 'write', 'sheets', 'spreadsheets.readonly'],
    [g(String.raw`contacts\.(?:other\.)?readonly`), 'read', 'contacts'],
    [g('contacts'), 'full', 'contacts', 'contacts.readonly'],
    [
      g(String.raw`(?:youtube|analytics|webmasters|photoslibrary|tasks|fitness\..*|classroom\..*)\.readonly`),
      'read',
      'video',
    ],
    [g('(?:youtube|tasks|photoslibrary)'), 'full', 'video', 'youtube.readonly'],
    [g(String.raw`cloud-platform\.read-only`), 'read', 'cloud'],
    [g('(?:cloud-platform|compute|devstorage.full_control|bigquery|firebase)'), 'full', 'cloud'],
    [g(String.raw`admin\..*`), 'admin', 'directory'],
  ],
  microsoft: [
    [m(String.raw`User\.Read`), 'identity', 'identity'],
    [m(String.raw`User\.ReadWrite`), 'write', 'identity', 'User.Read'],
    [m(String.raw`User\.ReadBasic\.All`), 'read', 'directory'],
    [m(String.raw`(?:Mail|Mail\.Shared)\.Read(?:Basic)?`), 'read', 'mail'],
    [m(String.raw`Mail\.Send`), 'write', 'mail'],
    [m(String.raw`Mail\.ReadWrite(?:\.Shared)?`), 'full', 'mail', 'Mail.Read'],
    [m(String.raw`(?:Files|Sites)\.Read(?:\.All)?`), 'read', 'files'],
    [m(String.raw`Files\.ReadWrite`), 'write', 'files', 'Files.Read'],
    [m(String.raw`Calendars\.Read(?:\.Shared|Basic)?`), 'read', 'calendar'],
    [m(String.raw`Calendars\.ReadWrite`), 'write', 'calendar', 'Calendars.Read'],
    [m(String.raw`Contacts\.Read`), 'read', 'contacts'],
    [
      m(
        String.raw`(?:Directory|RoleManagement|Application|Policy|Group|User|PrivilegedAccess)\.(?:ReadWrite|AccessAsUser|Manage)\S*`,
      ),
      'admin',
      'directory',
    ],
    [m(String.raw`Directory\.Read\.All`), 'full', 'directory', 'User.Read'],
    [
      m(String.raw`(?:Sites\.FullControl\.All|full_access_as_app|full_access_as_user|EWS\.AccessAsUser\.All)`),
      'admin',
      'files',
    ],
    [m(String.raw`\w+\.ReadWrite\.All`), 'full', 'files'],
    [m(String.raw`\w+\.Read\.All`), 'full', 'directory'],
  ],
  slack: [
    [/^(?:identity\.\w+|openid|profile|email)$/, 'identity', 'identity'],
    [/^admin(?:\..*)?$/, 'admin', 'chat'],
    [/^\w+:(?:read|history)$/, 'read', 'chat'],
    [/^\w+:write(?:\.\w+)?$/, 'write', 'chat'],
    [/^(?:client|bot|post|read)$/, 'full', 'chat'],
  ],
  discord: [
    [/^(?:identify|email)$/, 'identity', 'identity'],
    [/^(?:guilds|guilds\.members\.read|connections)$/, 'read', 'chat'],
    [/^guilds\.join$/, 'write', 'chat'],
    [/^(?:bot|applications\.commands(?:\.update)?|messages\.read|rpc.*)$/, 'full', 'chat'],
  ],
  spotify: [
    [/^user-read-(?:email|private)$/, 'identity', 'identity'],
    [/^(?:user-read-|user-top-|user-library-read|playlist-read|user-follow-read)\S*$/, 'read', 'music'],
    [
      /^(?:user-modify-|playlist-modify-|user-library-modify|user-follow-modify|streaming|app-remote-control|ugc-)\S*$/,
      'write',
      'music',
    ],
  ],
  facebook: [
    [/^(?:email|public_profile)$/, 'identity', 'identity'],
    [/^(?:manage_pages|pages_manage_\w+|business_management|ads_management)$/, 'full', 'own'],
  ],
  linkedin: [
    [/^(?:r_liteprofile|r_emailaddress|r_basicprofile|openid|profile|email)$/, 'identity', 'identity'],
    [/^w_\w+$/, 'write', 'own'],
  ],
  twitter: [
    [/^(?:users\.read|tweet\.read)$/, 'identity', 'identity'],
    [/^\w+\.(?:write|moderate\.write)$/, 'write', 'own'],
    [/^offline\.access$/, 'neutral', 'identity'],
  ],
};

/** What a scope reaches, by its provider's own table, else by its words. */
export function reachOf(scope: string, provider: string | undefined): ScopeReach {
  const tables: readonly (readonly Row[])[] = [
    OPENID,
    ...(provider && TABLE[provider] ? [TABLE[provider] as readonly Row[]] : []),
    // A name that says itself whose it is.
    ...(/googleapis\.com\/auth|mail\.google\.com/.test(scope) ? [TABLE.google as readonly Row[]] : []),
    ...(/graph\.microsoft\.com|^[A-Z]\w+\.(?:Read|ReadWrite|Send|AccessAsUser)/.test(scope)
      ? [TABLE.microsoft as readonly Row[]]
      : []),
  ];
  for (const table of tables) {
    for (const [pattern, level, family, narrower] of table)
      if (pattern.test(scope)) return { level, family, ...(narrower ? { narrower } : {}) };
  }
  return { level: byWords(scope), family: 'own' };
}

function byWords(scope: string): Level {
  if (/\/?\.default$/.test(scope)) return 'unknown';
  const name = scope.replace(/^(?:https?|api):\/\/[^/]+\/?/, '').toLowerCase();
  if (/^(?:\*|all|full|full_access|full-access|admin|root|superuser|super|sudo|everything)$/.test(name)) return 'admin';
  if (/(?:^|[:./_-])\*$|^\*/.test(name)) return 'admin';
  if (/^(?:write|read|manage|delete):\*$|^admin[:./]|[:./]admin$/.test(name)) return 'admin';
  const words = name.split(/[:./_-]+/);
  const ends = [words[0] ?? '', words.at(-1) ?? ''];
  if (ends.some((w) => /^(?:read|readonly|view|list|get)$/.test(w))) return 'read';
  if (ends.some((w) => /^(?:write|manage|modify|delete|create|update|edit|send|publish)$/.test(w))) return 'write';
  if (ends.some((w) => /^(?:full|all)$/.test(w))) return 'full';
  return 'unknown';
}
