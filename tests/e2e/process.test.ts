import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { expect, it } from 'vitest'
import { freePort } from '../../supabase/local/cluster/free-port.ts'
import { isServing } from '../../supabase/local/cluster/postmaster.ts'
import { signIn, signUp, useBox } from './box.ts'

const box = useBox()

it('prints its address, gives a setup link once, and ends without loss on SIGTERM', async () => {
  const first = box.start('--no-demo')
  const url = await first.ready
  expect(url).toBe(`http://localhost:${box.env.PORT}`)
  expect(first.out.filter(line => line.includes(`${url}/setup#`))).toHaveLength(1)
  const login = await signUp(box, url, 'a@login.invalid')
  const pid = box.postmasterPid()
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
  expect(isServing(pid, path.join(box.folder, 'data', 'pg'))).toBe(false)

  const second = box.start('--no-demo')
  expect(await signIn(await second.ready, 'a@login.invalid')).toBe(login)
  expect(second.out.filter(line => line.includes('/setup#'))).toHaveLength(0)
  second.child.kill('SIGINT')
  expect(await second.ended).toBe(0)
  expect([...first.err, ...second.err]).toEqual([])
})

it.runIf(process.platform === 'linux')('kill -9 loses nothing, and the database ends too', async () => {
  const first = box.start('--no-demo')
  const url = await first.ready
  const login = await signUp(box, url, 'b@login.invalid')
  const pid = box.postmasterPid()
  first.child.kill('SIGKILL')
  await first.ended
  await expect.poll(() => isServing(pid, path.join(box.folder, 'data', 'pg')), { timeout: 10_000 }).toBe(false)

  const second = box.start('--no-demo')
  expect(await signIn(await second.ready, 'b@login.invalid')).toBe(login)
})

it('the next start stops a database that outlived its server, and nothing is lost', async () => {
  // without setpriv the database is not told that its parent is gone
  const bin = path.join(box.folder, 'bin')
  await mkdir(bin)
  for (const name of ['id', 'test', 'chown']) await symlink(`/usr/bin/${name}`, path.join(bin, name))
  await chmod(box.folder, 0o755)
  const path0 = process.env.PATH ?? ''
  box.env = { ...box.env, PATH: bin }
  const first = box.start('--no-demo')
  const login = await signUp(box, await first.ready, 'f@login.invalid')
  const orphan = box.postmasterPid()
  first.child.kill('SIGKILL')
  await first.ended
  expect(isServing(orphan, path.join(box.folder, 'data', 'pg'))).toBe(true)

  box.env = { ...box.env, PATH: path0 }
  const second = box.start('--no-demo')
  expect(await signIn(await second.ready, 'f@login.invalid')).toBe(login)
  expect(isServing(orphan, path.join(box.folder, 'data', 'pg'))).toBe(false)
  expect(box.postmasterPid()).not.toBe(orphan)
})

it('kill -9 of the database too loses nothing, even when its note names the process of another program', async () => {
  const first = box.start('--no-demo')
  const login = await signUp(box, await first.ready, 'c@login.invalid')
  const pid = box.postmasterPid()
  process.kill(pid, 'SIGKILL')
  first.child.kill('SIGKILL')
  await first.ended
  const note = path.join(box.folder, 'data', 'pg', 'postmaster.pid')
  await writeFile(note, (await readFile(note, 'utf8')).replace(String(pid), String(process.pid)))

  const second = box.start('--no-demo')
  expect(await signIn(await second.ready, 'c@login.invalid')).toBe(login)
})

it('a second start on one data folder says so and leaves the first alone', async () => {
  const first = box.start('--no-demo')
  const url = await first.ready
  const pid = box.postmasterPid()
  box.env = { ...box.env, PORT: String(await freePort()) }
  for (const flags of [['--no-demo'], ['--no-demo', '--fresh']]) {
    const second = box.start(...flags)
    expect(await second.ended).toBe(1)
    expect(second.err).toEqual([expect.stringContaining('already runs on')])
  }
  expect(box.postmasterPid()).toBe(pid)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

it('--fresh renames the data folder, says so, and starts with nothing', async () => {
  const first = box.start('--no-demo')
  await signUp(box, await first.ready, 'd@login.invalid')
  first.child.kill('SIGTERM')
  await first.ended
  const second = box.start('--no-demo', '--fresh')
  expect(await signIn(await second.ready, 'd@login.invalid')).toBeUndefined()
  const aside = (await readdir(box.folder)).filter(name => /^data\.\d{8}-\d{6}$/.test(name))
  expect(aside).toHaveLength(1)
  expect(second.out[0]).toContain(path.join(box.folder, aside[0] ?? ''))
})

it('DATABASE_URL is used instead of an own database, and keeps what is in it', async () => {
  const owner = box.start('--no-demo')
  await owner.ready
  await mkdir(path.join(box.folder, 'other'))
  box.env = {
    ...box.env,
    REDWHISTLE_DATA: path.join(box.folder, 'other'),
    PORT: String(await freePort()),
    DATABASE_URL: await box.databaseUrl(),
  }
  const guest = box.start()
  const login = await signUp(box, await guest.ready, 'e@login.invalid')
  const files = await readdir(path.join(box.folder, 'other'))
  expect(files, 'its secrets, no database').toEqual(['deliver.json', 'keys.json'])
  guest.child.kill('SIGTERM')
  expect(await guest.ended).toBe(0)
  const again = box.start()
  expect(await signIn(await again.ready, 'e@login.invalid')).toBe(login)
})
