/** danger: somebody gets what is not theirs. broken: something does not work. advice: it works, and could be better. */
export type Severity = 'danger' | 'broken' | 'advice'

interface Words {
  severity: Severity
  what: string
  todo: string
}

/** Everything the check can find, with what to do about it. */
export const FINDINGS = {
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
  board_missing: {
    severity: 'broken',
    what: '/b/… does not show the residents\' page',
    todo: 'Send every path below /b/ to board.html.',
  },
  route_missing: {
    severity: 'broken',
    what: 'A path without a file does not show the app',
    todo: 'Send paths without a file to index.html, so that links open.',
  },
  headers_missing: {
    severity: 'danger',
    what: 'Security headers are missing or weaker',
    todo: 'Send the headers of supabase/local/http/headers.ts with every file.',
  },
  csp_blocks_backend: {
    severity: 'broken',
    what: 'The content security policy forbids the page to speak to its backend',
    todo: 'Name the backend\'s origin in connect-src, as https:// and as wss://.',
  },
  cached_too_long: {
    severity: 'broken',
    what: 'A file that must be fresh may be cached',
    todo: 'Send Cache-Control: no-cache for *.html, sw.js and config.json.',
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
  // database
  database_unreachable: {
    severity: 'broken',
    what: 'The database does not let us in',
    todo: 'Use the connection string of the role postgres, through the session pooler or directly.',
  },
  postgres_old: { severity: 'broken', what: 'PostgreSQL is older than 15', todo: 'Upgrade it; 17 is best.' },
  migrations_missing: {
    severity: 'broken',
    what: 'Migrations of this version are not applied',
    todo: 'supabase db push.',
  },
  migrations_unknown: {
    severity: 'broken',
    what: 'The database has migrations that this version does not know',
    todo: 'Run the check of the version that is deployed, or update this checkout.',
  },
  grants_open: {
    severity: 'danger',
    what: 'Callers have rights that were never given',
    todo: 'Run select private.apply_grants(), and find out who granted them.',
  },
  grants_missing: {
    severity: 'broken',
    what: 'Callers lack rights they need',
    todo: 'Run select private.apply_grants().',
  },
  rls_off: {
    severity: 'danger',
    what: 'Tables without row-level security',
    todo: 'alter table … enable row level security.',
  },
  timeouts_missing: {
    severity: 'advice',
    what: 'Statements of callers may run for ever',
    todo: 'alter role anon set statement_timeout = \'3s\'; alter role authenticated set statement_timeout = \'8s\'.',
  },
  auth_not_writable: {
    severity: 'broken',
    what: 'The owner of the functions may not change passwords in auth.users',
    todo: 'As its owner: grant select, update, delete on auth.users, auth.sessions to postgres.',
  },
  hooks_missing: {
    severity: 'danger',
    what: 'The hooks of Auth are not there, or Auth may not call them',
    todo: 'Apply the migrations, then run select private.apply_grants() as their owner.',
  },
  hook_admits: {
    severity: 'danger',
    what: 'The hooks of Auth admit somebody they must refuse',
    todo: 'Put the functions of the migrations back: supabase migration list tells what differs.',
  },
  bell_missing: {
    severity: 'advice',
    what: 'realtime.send is not there: nobody is rung',
    todo: 'Start Realtime once (open a channel, or the Realtime page of the dashboard).',
  },
  bells_unguarded: {
    severity: 'broken',
    what: 'No policy says who may hear the bells, so nobody does',
    todo: 'Run select private.guard_bells() as postgres.',
  },
  bells_wrong: {
    severity: 'danger',
    what: 'Realtime lets somebody hear what is not theirs',
    todo: 'Drop policies on realtime.messages that are not ours, then run select private.guard_bells().',
  },
  jobs_missing: {
    severity: 'broken',
    what: 'Jobs are not scheduled, or switched off',
    todo: 'Run select private.schedule(\'https://…/functions/v1/deliver\') as postgres.',
  },
  jobs_failing: {
    severity: 'broken',
    what: 'The last run of a job failed',
    todo: 'Read cron.job_run_details; run the job\'s command by hand as postgres.',
  },
  tick_late: {
    severity: 'broken',
    what: 'The scheduler has not run for ten minutes: nobody is asked, nothing ends',
    todo: 'Create pg_cron and run select private.schedule(…), or start the server that ticks.',
  },
  nightly_found: {
    severity: 'broken',
    what: 'The nightly self-check found something that does not add up',
    todo: 'Read sync.nightly and report it; docs/deploy.md says what each check means.',
  },
  secret_missing: {
    severity: 'broken',
    what: 'The job that sends has no secret',
    todo: 'select vault.create_secret(\'…\', \'deliver_secret\'), the same as DELIVER_SECRET.',
  },
  job_runs_kept: {
    severity: 'advice',
    what: 'pg_cron keeps runs of more than three days',
    todo: 'Grant delete on cron.job_run_details to postgres; the nightly round trims it.',
  },
  demo_present: {
    severity: 'advice',
    what: 'The demonstration\'s community is in this database',
    todo: 'Start with an empty database before real people enter.',
  },
} as const satisfies Record<string, Words>

export type FindingCode = keyof typeof FINDINGS
export interface Finding {
  code: FindingCode
  detail: string
}

/** One part of the check: answers what it found, [] when all is well. */
export type Check = () => Promise<Finding[]>

/** A finding; `detail` names the thing, never a secret. */
export function found(code: FindingCode, detail = ''): Finding {
  return { code, detail }
}

/** Lines for a terminal, the worst first. */
export function describe(findings: readonly Finding[]): string[] {
  const order: Severity[] = ['danger', 'broken', 'advice']
  const sorted = [...findings].sort(
    (a, b) => order.indexOf(FINDINGS[a.code].severity) - order.indexOf(FINDINGS[b.code].severity),
  )
  return sorted.flatMap(({ code, detail }) => {
    const { severity, what, todo } = FINDINGS[code]
    return [`${severity}  ${code}: ${what}${detail === '' ? '' : ` (${detail})`}.`, `    ${todo}`]
  })
}

/** 1 when something is dangerous or broken, else 0. */
export function exitCode(findings: readonly Finding[]): number {
  return findings.some(f => FINDINGS[f.code].severity !== 'advice') ? 1 : 0
}
