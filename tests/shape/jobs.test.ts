import type { Project } from './project.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startProject } from './project.ts'

const URL = 'https://project.supabase.co/functions/v1/deliver'
let project: Project
beforeAll(async () => {
  project = await startProject({ version: 17 })
})
afterAll(async () => project.stop())

/** Runs a job as pg_cron does: its command, as the role that scheduled it. */
async function runJob(name: string): Promise<void> {
  const {
    rows: [job],
  } = await project.owner.query<{ command: string; username: string }>(
    'select command, username from cron.job where jobname = $1 and active',
    [name],
  )
  expect(job?.username).toBe('postgres')
  await project.owner.query(job!.command)
}
const posted = async (): Promise<unknown[]> =>
  (await project.shaped.admin.query('select url, headers, timeout_milliseconds from net.posted')).rows

it('schedules nothing without pg_cron, and says what to do', async () => {
  const bare = await startProject({ version: 17, jobs: false })
  const refused = { code: '0A000', message: expect.stringContaining('create extension pg_cron') as string }
  await expect(bare.owner.query('select private.schedule()')).rejects.toMatchObject(refused)
  await bare.owner.query('select private.nightly(now())')
  await bare.stop()
})

it('runs the jobs as postgres; scheduling again changes them in place, without an address none sends', async () => {
  const { owner } = project
  const all = ['redwhistle-tick', 'redwhistle-nightly', 'redwhistle-deliver']
  expect((await owner.query('select private.schedule($1) as jobs', [URL])).rows).toEqual([{ jobs: all }])
  await owner.query('select private.schedule($1)', [URL])
  expect((await owner.query('select jobname, schedule from cron.job order by jobid')).rows).toEqual([
    { jobname: 'redwhistle-tick', schedule: '5 seconds' },
    { jobname: 'redwhistle-nightly', schedule: '*/10 * * * *' },
    { jobname: 'redwhistle-deliver', schedule: '5 seconds' },
  ])
  await runJob('redwhistle-tick')
  await runJob('redwhistle-nightly')
  expect((await owner.query('select count(*)::int as n from sync.era')).rows).toEqual([{ n: 1 }])
  expect((await owner.query('select findings from sync.nightly')).rows).toEqual([{ findings: [] }])
  await owner.query('select private.schedule()')
  expect(
    (await owner.query('select jobname from cron.job order by jobid')).rows.map(
      row => (row as { jobname: string }).jobname,
    ),
  ).toEqual(all.slice(0, 2))
})

it('calls the sender only while a delivery is due, with the secret of Vault and a minute to answer', async () => {
  const { owner, shaped } = project
  await shaped.admin.query(`select vault.create_secret('s3cret', 'deliver_secret')`)
  await owner.query('select private.schedule($1)', [URL])
  await runJob('redwhistle-deliver')
  expect(await posted()).toEqual([])
  await owner.query(`insert into app.delivery (id, login_id, channel, state, next_at, created_at)
    values (gen_random_uuid(), gen_random_uuid(), 'web_push', 'queued', now(), now())`)
  await runJob('redwhistle-deliver')
  const headers = { 'Content-Type': 'application/json', 'Authorization': 'Bearer s3cret' }
  expect(await posted()).toEqual([{ url: URL, timeout_milliseconds: 60_000, headers }])
  // leased by another run: not due again before the lease ends
  await project.rest.call({ role: 'service_role' }, 'worker_claim_deliveries', { p_limit: 40 })
  await runJob('redwhistle-deliver')
  expect(await posted()).toHaveLength(1)
})

it('keeps the runs of pg_cron for two days', async () => {
  const { owner, shaped } = project
  await shaped.admin.query(`insert into cron.job_run_details (jobid, username, command, status, start_time, end_time)
    select 1, 'postgres', 'x', s, at, at
    from (values ('succeeded', now() - interval '49 hours'), ('failed', now() - interval '47 hours'),
      ('running', now())) v(s, at)`)
  await owner.query(`select private.nightly(now() + interval '1 day')`)
  expect((await owner.query('select status from cron.job_run_details order by start_time')).rows).toEqual([
    { status: 'running' },
  ])
})
