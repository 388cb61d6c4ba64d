import type { Client } from './database.ts'
import type { Finding } from './findings.ts'
import type { Target } from './target.ts'
import path from 'node:path'
import pg from 'pg'
import { checkAuth } from './auth.ts'
import { checkBells } from './bells.ts'
import { checkCalendar } from './calendar.ts'
import { checkDataApi } from './dataApi.ts'
import { checkMigrations } from './database.ts'
import { checkDeliver } from './deliver.ts'
import { found } from './findings.ts'
import { checkHooks, checkRecovery } from './hooks.ts'
import { checkJobs } from './jobs.ts'
import { checkPage, readTarget } from './page.ts'
import { checkPasswords } from './passwords.ts'
import { checkRealtime } from './realtime.ts'
import { checkRights } from './rights.ts'

const MIGRATIONS = path.resolve(import.meta.dirname, '../../supabase/migrations')

/** Checks a deployment from outside, and from inside if a connection string of its database is given. */
export async function inspect(url: string, databaseUrl?: string): Promise<Finding[]> {
  const { target, findings } = await readTarget(url.replace(/\/+$/, ''))
  if (target !== null) findings.push(...(await outside(target)))
  if (databaseUrl === undefined) return findings
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
  }
  catch (error) {
    return [...findings, found('database_unreachable', firstLine(error))]
  }
  try {
    findings.push(...(await inside(client)))
    if (target === null) return findings
    findings.push(...(await runPart('recovery', async () => checkRecovery(target, client))))
    findings.push(...(await runPart('passwords', async () => checkPasswords(target, client))))
    return findings
  }
  finally {
    await client.end()
  }
}

/** Checks what anybody can see of a deployment. */
export async function outside(target: Target): Promise<Finding[]> {
  const findings: Finding[] = []
  const parts = {
    page: checkPage,
    auth: checkAuth,
    data: checkDataApi,
    deliver: checkDeliver,
    calendar: checkCalendar,
    realtime: checkRealtime,
  }
  for (const [name, check] of Object.entries(parts)) findings.push(...(await runPart(name, async () => check(target))))
  return findings
}

/** Checks what the owner of the database can see of a deployment, in one transaction that is rolled back. */
export async function inside(client: Client): Promise<Finding[]> {
  const findings: Finding[] = []
  const parts = {
    migrations: async () => checkMigrations(client, MIGRATIONS),
    rights: async () => checkRights(client),
    hooks: async () => checkHooks(client),
    bells: async () => checkBells(client),
    jobs: async () => checkJobs(client),
  }
  await client.query('begin')
  try {
    for (const [name, check] of Object.entries(parts)) {
      await client.query('savepoint part')
      findings.push(...(await runPart(name, check)))
      await client.query('rollback to savepoint part')
    }
    return findings
  }
  finally {
    await client.query('rollback')
  }
}

/** Runs one part of the check; its failure is a finding too. */
async function runPart(name: string, check: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await check()
  }
  catch (error) {
    return [found('check_failed', `${name}: ${firstLine(error)}`)]
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? ''
}
