/** What the check can find in the database, with what to do about it. */
export const INSIDE = {
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
} as const
