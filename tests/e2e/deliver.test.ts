import type { TempBackend } from './harness.ts'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { makeWorld } from '../db/world.ts'
import { startTemp } from './harness.ts'

let backend: TempBackend
beforeAll(async () => { backend = await startTemp() })
afterAll(async () => { await backend.discard() })

const deliver = async (headers: Record<string, string>): Promise<Response> =>
  fetch(`${backend.url}/functions/v1/deliver`, { method: 'POST', headers })

it('makes its keys once, where only its owner reads them, and shows the public one', async () => {
  const file = path.join(backend.dataDir, 'deliver.json')
  const keys = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  const config = await (await fetch(`${backend.url}/config.json`)).text()
  expect(JSON.parse(config).push_key).toBe(keys.vapid_public_key)
  expect(config).not.toContain(keys.vapid_private_key)
  expect(config).not.toContain(keys.secret)
})

it('sends for a caller with the secret, and for nobody else', async () => {
  const { secret } = JSON.parse(await readFile(path.join(backend.dataDir, 'deliver.json'), 'utf8')) as {
    secret: string,
  }
  expect((await deliver({})).status).toBe(401)
  expect((await deliver({ authorization: `Bearer ${backend.publishableKey}` })).status).toBe(401)
  const answer = await deliver({ authorization: `Bearer ${secret}` })
  expect([answer.status, await answer.json()]).toEqual([200, { claimed: 0 }])
})

it('sends what is due by itself, and says so when there is no SMS provider', async () => {
  const db = { query: async (text: string, params: unknown[] = []) => ({ rows: await backend.db.query(text, params) }) }
  const w = await makeWorld(db, 1)
  const [me] = w.people
  await backend.db.query(
    `select private.notify(now(), array[$1::uuid], 'relief_late', $2::uuid, null, null, $3::uuid)`,
    [me!.login, w.community, w.post],
  )
  await backend.db.query(
    `insert into app.delivery (id, notice_id, login_id, channel, state, next_at, created_at)
    select gen_random_uuid(), n.id, n.login_id, 'sms', 'queued', now(), now()
    from app.notice n`,
  )
  const [row] = await vi.waitFor(async () => {
    const rows = await backend.db.query<{ state: string, reason: string, attempts: number }>(
      `select state, reason, attempts from app.delivery where channel = 'sms' and state <> 'queued'`,
    )
    expect(rows).toHaveLength(1)
    return rows
  }, { timeout: 30_000, interval: 200 })
  expect(row).toEqual({ state: 'not_sent', reason: 'not_configured', attempts: 1 })
})
