import type { Finding, FindingCode } from '../../scripts/deployCheck/findings.ts'
import type { Project } from '../shape/project.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inside } from '../../scripts/deployCheck/inspect.ts'
import { migrations } from '../../scripts/schema/files.ts'
import { withPolicyGrants } from '../shape/cluster.ts'
import { firstAdmin, startProject } from '../shape/project.ts'

const DELIVER = 'https://project.supabase.co/functions/v1/deliver'
let project: Project

/** Inspects as `postgres`, as on Supabase, where the policy grants of its extension always hold. */
async function look(): Promise<Finding[]> {
  return withPolicyGrants(project.shaped, async () => {
    const client = await project.owner.connect()
    try {
      return await inside(client)
    }
    finally {
      client.release()
    }
  })
}

beforeAll(async () => {
  project = await startProject({ version: 17 })
  await firstAdmin(project, 'admin')
  await project.shaped.admin.query(`select vault.create_secret('s3cret', 'deliver_secret')`)
  await project.owner.query('select private.schedule($1)', [DELIVER])
  await project.owner.query('select private.tick(now()), private.nightly(now())')
})
afterAll(async () => project.stop())

it('finds nothing in a healthy database', async () => {
  expect(await look()).toEqual([])
})

/** The Send Email hook with another answer. */
function mailHook(answer: string): string {
  return `create or replace function private.send_email_hook(event jsonb) returns jsonb
    language sql immutable security definer set search_path = '' as $$ select ${answer} $$`
}

/** A run of a job as pg_cron records it. */
function run(job: string, status: string, at: string): string {
  return `insert into cron.job_run_details (jobid, username, status, start_time, end_time)
    values ((${job}), 'postgres', '${status}', ${at}, ${at})`
}

/** The number of the first migration. */
const BASELINE = migrations()[0]!.name.slice(0, 14)

/** Each fault, planted as the platform's superuser: its code and detail, how to plant it and how to undo it. */
const FAULTS: [code: FindingCode, detail: RegExp, plant: string, mend: string][] = [
  [
    'migrations_missing',
    new RegExp(`^${BASELINE}$`),
    `update supabase_migrations.schema_migrations set version = '2' where version = '${BASELINE}'`,
    `update supabase_migrations.schema_migrations set version = '${BASELINE}' where version = '2'`,
  ],
  [
    'migrations_unknown',
    /^29991231235959$/,
    `insert into supabase_migrations.schema_migrations (version) values ('29991231235959')`,
    `delete from supabase_migrations.schema_migrations where version = '29991231235959'`,
  ],
  [
    'rls_off',
    /^app\.responder$/,
    'alter table app.responder disable row level security',
    'alter table app.responder enable row level security',
  ],
  [
    'grants_open',
    /^anon select on table app\.responder_contact$/,
    'grant select on app.responder_contact to anon',
    'revoke select on app.responder_contact from anon',
  ],
  [
    'grants_open',
    /^public execute on function private\.tick\(p_now timestamp with time zone\)$/,
    'grant execute on function private.tick to public',
    'revoke execute on function private.tick from public',
  ],
  [
    'grants_missing',
    /^authenticated execute on function api\.push/,
    'revoke execute on function api.push from authenticated',
    'grant execute on function api.push to authenticated',
  ],
  [
    'timeouts_missing',
    /^anon$/,
    'alter role anon reset statement_timeout',
    `alter role anon set statement_timeout = '3s'`,
  ],
  [
    'auth_not_writable',
    /^update on auth\.users$/,
    'revoke update on auth.users from postgres',
    'grant update on auth.users to postgres',
  ],
  [
    'hooks_missing',
    /before_user_created_hook/,
    'revoke execute on function private.before_user_created_hook from supabase_auth_admin',
    'grant execute on function private.before_user_created_hook to supabase_auth_admin',
  ],
  ['hook_admits', /send_email_hook/, mailHook(`'{}'::jsonb`), mailHook('private.hook_refusal()')],
  [
    'bell_missing',
    /^$/,
    'alter function realtime.send rename to send_away',
    'alter function realtime.send_away rename to send',
  ],
  [
    'bells_wrong',
    /nobody signed in hears user:/,
    'create policy wide on realtime.messages for select using (true)',
    'drop policy wide on realtime.messages',
  ],
  [
    'jobs_missing',
    /^redwhistle-tick$/,
    `update cron.job set active = false where jobname = 'redwhistle-tick'`,
    `update cron.job set active = true where jobname = 'redwhistle-tick'`,
  ],
  [
    'jobs_failing',
    /^redwhistle-nightly$/,
    run(`select jobid from cron.job where jobname = 'redwhistle-nightly'`, 'failed', 'now()'),
    'delete from cron.job_run_details where true',
  ],
  [
    'job_runs_kept',
    /^$/,
    run('0', 'succeeded', `now() - interval '4 days'`),
    'delete from cron.job_run_details where true',
  ],
  [
    'secret_missing',
    /^$/,
    `update vault.secrets set name = 'other' where name = 'deliver_secret'`,
    `update vault.secrets set name = 'deliver_secret' where name = 'other'`,
  ],
  [
    'tick_late',
    /^$/,
    `update sync.era set began_at = began_at - interval '11 minutes' where true`,
    `update sync.era set began_at = began_at + interval '11 minutes' where true`,
  ],
  [
    'nightly_found',
    /: 1$/,
    `update sync.nightly set findings = '[{"check":"sums_are_right","n":1}]' where true`,
    `update sync.nightly set findings = '[]' where true`,
  ],
  [
    'demo_present',
    /^$/,
    `insert into app.setting (key, value) values ('data', '"demo"')`,
    `delete from app.setting where key = 'data'`,
  ],
]

describe('finds exactly the fault that is planted in the database', () => {
  it.each(FAULTS)('%s %s', async (code, detail, plant, mend) => {
    await project.shaped.admin.query(plant)
    try {
      const findings = await look()
      expect(findings.map(f => f.code)).toContain(code)
      expect(findings.find(f => f.code === code)?.detail).toMatch(detail)
      if (code === 'migrations_missing') return // the folder does not know the opposite case
      expect(findings).toHaveLength(1)
    }
    finally {
      await project.shaped.admin.query(mend)
    }
    expect(await look()).toEqual([])
  })

  it('bells_unguarded', async () => {
    await project.shaped.admin.query('drop policy "people hear the bells of their scopes" on realtime.messages')
    expect((await look()).map(f => f.code)).toEqual(['bells_unguarded'])
    await withPolicyGrants(project.shaped, async () => project.owner.query('select private.guard_bells()'))
    expect(await look()).toEqual([])
  })
})
