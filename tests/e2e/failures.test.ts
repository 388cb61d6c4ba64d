import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'
import { freePort } from '../../supabase/local/cluster/free-port.ts'
import { keyOf, useBox } from './box.ts'

const box = useBox()

it('answers a port in use with one clear line, before anything is made', async () => {
  const other = createServer().listen(Number(box.env.PORT))
  const one = box.start('--no-demo')
  expect(await one.ended).toBe(1)
  expect(one.err).toEqual([`Port ${box.env.PORT} is in use. Stop the other program or set PORT to another number.`])
  expect(existsSync(box.env.REDWHISTLE_DATA ?? '')).toBe(false)
  other.close()
})

it('answers a broken data folder with one clear line', async () => {
  const first = box.start('--no-demo')
  await first.ready
  first.child.kill('SIGTERM')
  await first.ended
  await rm(path.join(box.folder, 'data', 'pg', 'global'), { recursive: true })
  const second = box.start('--no-demo')
  expect(await second.ended).toBe(1)
  expect(second.err).toEqual([expect.stringMatching(/PostgreSQL cannot run on .*--fresh/)])

  await writeFile(path.join(box.folder, 'data', 'keys.json'), '{"jwt_secret":')
  const third = box.start('--no-demo')
  expect(await third.ended).toBe(1)
  expect(third.err).toEqual([expect.stringMatching(/keys\.json is damaged/)])
})

it('answers a file in place of the data folder with one clear line', async () => {
  await writeFile(path.join(box.folder, 'data'), 'x')
  const one = box.start('--no-demo')
  expect(await one.ended).toBe(1)
  expect(one.err).toEqual([expect.stringContaining(`The data folder ${path.join(box.folder, 'data')} cannot be used`)])
})

it('answers a wrong DATABASE_URL with one clear line, and refuses --fresh with it', async () => {
  box.env = { ...box.env, DATABASE_URL: `postgres://nobody:x@127.0.0.1:${await freePort()}/x` }
  const one = box.start()
  expect(await one.ended).toBe(1)
  expect(one.err).toEqual([expect.stringContaining('DATABASE_URL cannot be used')])
  const two = box.start('--fresh')
  expect(await two.ended).toBe(1)
  expect(two.err).toEqual([expect.stringContaining('--fresh')])
})

it('says so and ends when its database dies', async () => {
  const one = box.start('--no-demo')
  await one.ready
  process.kill(box.postmasterPid(), 'SIGKILL')
  expect(await one.ended).toBe(1)
  expect(one.err).toEqual([expect.stringContaining('The database ended unexpectedly')])
})

it('is not healthy while the database of DATABASE_URL is away, and still stops cleanly', async () => {
  const owner = box.start('--no-demo')
  await owner.ready
  const pid = box.postmasterPid()
  box.env = {
    ...box.env,
    REDWHISTLE_DATA: path.join(box.folder, 'other'),
    PORT: String(await freePort()),
    DATABASE_URL: await box.databaseUrl(),
  }
  const guest = box.start()
  const url = await guest.ready
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  process.kill(pid, 'SIGINT')
  await owner.ended
  const answer = await fetch(`${url}/healthz`)
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ database: 'down' })
  const call = await fetch(`${url}/rest/v1/rpc/who_am_i`, {
    method: 'POST',
    headers: { apikey: await keyOf(url) },
    body: '{}',
  })
  expect(call.status).toBe(503)
  guest.child.kill('SIGTERM')
  expect(await guest.ended).toBe(0)
})

it('answers a data folder of an older checkout with one clear line that says --fresh', async () => {
  const first = box.start('--no-demo')
  await first.ready
  const { connect } = await import('../../supabase/local/database/postgres.ts')
  const db = connect(await box.databaseUrl(), { max: 1 })
  await db.query(`update local.migration set sha256 = 'x' where version = (select min(version) from local.migration)`)
  await db.close()
  first.child.kill('SIGTERM')
  await first.ended
  const second = box.start('--no-demo')
  expect(await second.ended).toBe(1)
  const other = /migration \d+_baseline is another one here\. Start with --fresh/
  const cause = 'This database was made by another version of Redwhistle: '
  expect(second.err).toEqual([expect.stringMatching(new RegExp(`^${cause}${other.source}`))])
  expect(box.postmasterPid()).toBe(0)
  const third = box.start('--no-demo', '--fresh')
  expect(await third.ready).toBe(`http://localhost:${box.env.PORT}`)
})
