/** What the check can find from outside, with what to do about it. */
export const OUTSIDE = {
  // the page
  page_unreachable: {
    severity: 'broken',
    what: 'The address answers no page',
    todo: 'Serve dist/ there, and look at the name, the certificate and the proxy.',
  },
  config_missing: {
    severity: 'broken',
    what: '/config.json is not there, or names no publishable_key',
    todo: 'Put it beside index.html (docs/deploy.md, step 7).',
  },
  resident_page_missing: {
    severity: 'broken',
    what: '/b/… does not show the residents\' page',
    todo: 'Send every path below /b/ to resident.html.',
  },
  route_missing: {
    severity: 'broken',
    what: 'A path without a file does not show the app',
    todo: 'Send paths without a file to index.html, so that links open.',
  },
  headers_missing: {
    severity: 'danger',
    what: 'Security headers are missing or weaker',
    todo: 'Send the headers that npm run headers prints with every file.',
  },
  csp_blocks_backend: {
    severity: 'broken',
    what: 'The content security policy forbids the page to speak to its backend',
    todo: 'Name the backend\'s origin in connect-src, as https:// and as wss://.',
  },
  cached_too_long: {
    severity: 'broken',
    what: 'A file that must be fresh may be cached',
    todo: 'Send Cache-Control: no-cache for *.html, sw.js and config.json; a page below /b/ may live for a minute.',
  },
  // Auth
  auth_unreachable: {
    severity: 'broken',
    what: 'Auth does not answer with this publishable key',
    todo: 'Look at backend_url and publishable_key in config.json.',
  },
  sign_up_off: {
    severity: 'broken',
    what: 'Auth lets nobody sign up, also not with an invitation',
    todo: 'Switch sign-ups by e-mail on (DISABLE_SIGNUP=false); the hook keeps strangers out.',
  },
  confirmations_on: {
    severity: 'broken',
    what: 'Auth waits for a confirmation by e-mail that nobody can receive',
    todo: 'Switch confirmations off (ENABLE_EMAIL_AUTOCONFIRM=true where you host it).',
  },
  phones_confirmed: {
    severity: 'danger',
    what: 'Auth confirms phone numbers without a code',
    todo: 'Set ENABLE_PHONE_AUTOCONFIRM=false, and ENABLE_PHONE_SIGNUP=false while no SMS is used.',
  },
  other_ways_in: {
    severity: 'danger',
    what: 'Auth has ways to sign in that this app does not use',
    todo: 'Switch these providers and anonymous sign-ins off.',
  },
  sign_up_open: {
    severity: 'danger',
    what: 'A stranger signed up without an invitation',
    todo: 'Switch the Before User Created hook on: private.before_user_created_hook.',
  },
  recovery_open: {
    severity: 'danger',
    what: 'Auth kept a recovery code for an address anybody can ask for',
    todo: 'Switch the Send Email hook on: private.send_email_hook.',
  },
  short_passwords: {
    severity: 'danger',
    what: 'Auth takes passwords of seven characters',
    todo: 'Set the minimum password length to 8.',
  },
  password_without_old: {
    severity: 'danger',
    what: 'Auth changes the password of anybody with a session, without the old one',
    todo: 'Switch on Require current password when updating (docs/deploy.md), or let no PUT /auth/v1/user through.',
  },
  // Data API
  api_unreachable: {
    severity: 'broken',
    what: 'The Data API does not answer for schema api',
    todo: 'Expose the schema api (PGRST_DB_SCHEMAS=api), then reload PostgREST.',
  },
  api_wrong_role: {
    severity: 'danger',
    what: 'A call with the publishable key does not run as anon',
    todo: 'Stop serving at once: look at the keys and at the Data API\'s settings.',
  },
  schema_exposed: {
    severity: 'danger',
    what: 'The Data API exposes schemas beside api',
    todo: 'Expose api alone (PGRST_DB_SCHEMAS=api; on Supabase: API settings, exposed schemas).',
  },
  table_readable: {
    severity: 'danger',
    what: 'A table is readable with the publishable key',
    todo: 'Expose api alone, then run select private.apply_grants().',
  },
  worker_open: {
    severity: 'danger',
    what: 'A function for workers answers to the publishable key',
    todo: 'Run select private.apply_grants().',
  },
  cors_refused: {
    severity: 'broken',
    what: 'The backend refuses calls from the page\'s origin',
    todo: 'Let the gateway answer preflights for this origin, with the headers apikey, authorization, content-profile.',
  },
  // function deliver
  deliver_missing: {
    severity: 'advice',
    what: 'The function deliver is not there: people are told in the app only',
    todo: 'supabase functions deploy deliver, or mount supabase/functions as a volume.',
  },
  deliver_without_secret: {
    severity: 'broken',
    what: 'The function deliver has no DELIVER_SECRET',
    todo: 'supabase secrets set DELIVER_SECRET=…, the same as deliver_secret in Vault.',
  },
  deliver_behind_jwt: {
    severity: 'broken',
    what: 'The platform asks for a person\'s token before the function deliver',
    todo: 'Deploy it with verify_jwt = false (config.toml), or FUNCTIONS_VERIFY_JWT=false.',
  },
  // function calendar
  calendar_missing: {
    severity: 'advice',
    what: 'The function calendar is not there: calendars cannot subscribe to a person\'s duty',
    todo: 'supabase functions deploy calendar, or copy it into the volume of functions.',
  },
  calendar_behind_jwt: {
    severity: 'broken',
    what: 'The platform asks for a person\'s token before the function calendar, and calendar programs have none',
    todo: 'Deploy it with verify_jwt = false (config.toml), or FUNCTIONS_VERIFY_JWT=false.',
  },
  calendar_fails: {
    severity: 'broken',
    what: 'The function calendar does not answer as it should',
    todo: 'Read its log: it needs ical.js, src/io/calendar.ts where its deno.json says, and the project\'s secret key.',
  },
  // Realtime, from outside
  realtime_unreachable: {
    severity: 'advice',
    what: 'Realtime does not answer: phones pull every 15 to 30 s',
    todo: 'Let the proxy pass WebSocket upgrades of /realtime/v1/websocket.',
  },
  realtime_open: {
    severity: 'danger',
    what: 'A stranger may join somebody\'s private channel',
    todo: 'Drop policies on realtime.messages that are not ours, then run select private.guard_bells().',
  },
  realtime_public: {
    severity: 'advice',
    what: 'Realtime lets strangers use public channels',
    todo: 'Allow private channels only (Realtime settings), so that strangers use up no quota.',
  },
  check_failed: {
    severity: 'broken',
    what: 'A part of the check could not be made',
    todo: 'Mend what it says, then check again.',
  },
} as const
