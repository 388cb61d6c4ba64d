import type { Client } from './database.ts'
import type { Finding } from './findings.ts'
import { has, rows, value } from './database.ts'
import { found } from './findings.ts'

const WANTED = ['redwhistle-tick', 'redwhistle-nightly']

/** Checks that the jobs are scheduled, have run lately, and reported nothing. */
export async function checkJobs(client: Client): Promise<Finding[]> {
  const findings = (await has(client, 'class', 'cron.job')) ? await checkCron(client) : []
  const ticked = await value<boolean>(
    client,
    `select coalesce(max(began_at) > now() - interval '10 minutes', false) as value from sync.era`,
  )
  if (!ticked) findings.push(found('tick_late'))
  const [night] = await rows<{ day: string; findings: unknown[] }>(
    client,
    'select day::text, findings from sync.nightly order by day desc limit 1',
  )
  if (night !== undefined && night.findings.length > 0)
    findings.push(found('nightly_found', `${night.day}: ${night.findings.length}`))
  if (await isDemo(client)) findings.push(found('demo_present'))
  return findings
}

async function checkCron(client: Client): Promise<Finding[]> {
  const findings: Finding[] = []
  const jobs = await rows<{ name: string; id: string }>(
    client,
    'select jobname as name, jobid::text as id from cron.job where active',
  )
  const missing = WANTED.filter(name => !jobs.some(job => job.name === name))
  if (missing.length > 0) findings.push(found('jobs_missing', missing.join(', ')))
  const failed = await rows<{ name: string }>(
    client,
    `select j.jobname as name from cron.job j cross join lateral
    (select status from cron.job_run_details d where d.jobid = j.jobid and d.status in ('succeeded', 'failed')
        order by d.runid desc limit 1) last
    where j.active and j.jobname like 'redwhistle-%' and last.status = 'failed' order by 1`,
  )
  if (failed.length > 0) findings.push(found('jobs_failing', failed.map(row => row.name).join(', ')))
  const old = await value<boolean>(
    client,
    `select exists (select from cron.job_run_details
      where coalesce(end_time, start_time) < now() - interval '3 days') as value`,
  )
  if (old) findings.push(found('job_runs_kept'))
  const sends = jobs.some(job => job.name === 'redwhistle-deliver')
  if (sends && !(await hasSecret(client))) findings.push(found('secret_missing'))
  return findings
}

async function hasSecret(client: Client): Promise<boolean> {
  if (!(await has(client, 'class', 'vault.decrypted_secrets'))) return false
  return value(client, `select exists (select from vault.decrypted_secrets where name = 'deliver_secret') as value`)
}

/** Does this database hold the demonstration? */
async function isDemo(client: Client): Promise<boolean> {
  return value(client, `select exists (select from app.setting where key = 'data' and value = '"demo"') as value`)
}
