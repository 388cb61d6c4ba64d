import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { createClient } from '@supabase/supabase-js'
import { expect, it } from 'vitest'
import { startBackend } from '../../supabase/local/backend.ts'
import { openDataFolder } from '../../supabase/local/data-folder.ts'
import { inviteAddress, tempFolder } from './harness.ts'

it('the backend runs on PGlite without a PostgreSQL binary, says so, and keeps its data', async () => {
  const parent = await tempFolder()
  const dataDir = path.join(parent, 'data')
  await openDataFolder(dataDir)
  await mkdir(path.join(dataDir, 'pglite')) // a folder once made by PGlite stays with it
  const said: string[] = []
  const email = 'u1@login.invalid'
  const first = await startBackend({ dataDir, port: 0, log: line => said.push(line) })
  const supabase = createClient(first.url, first.publishableKey, { auth: { persistSession: false } })
  await inviteAddress(first.db.query, email)
  const login = (await supabase.auth.signUp({ email, password: 'correct horse' })).data.user?.id
  const calls = await Promise.all(Array.from({ length: 12 }, async () => supabase.schema('api').rpc('who_am_i')))
  expect(calls.map(call => call.data)).toEqual(calls.map(() => ({ db_role: 'authenticated', login })))
  const bell = supabase.channel(`user:${login}`, { config: { private: true } })
  const rung = new Promise(resolve => bell.on('broadcast', { event: 'ring' }, ({ payload }) => resolve(payload)))
  await new Promise<void>(resolve => bell.subscribe(state => state === 'SUBSCRIBED' && resolve()))
  await first.db.query('select realtime.send($1, $2, $3, true)', [{ scope: 'a', head: 1 }, 'ring', `user:${login}`])
  expect(await rung).toEqual({ scope: 'a', head: 1 })
  await supabase.removeAllChannels()
  await first.close()
  expect(said[0]).toContain('PGlite')

  const second = await startBackend({ dataDir, port: 0 })
  const again = createClient(second.url, second.publishableKey, { auth: { persistSession: false } })
  expect((await again.auth.signInWithPassword({ email, password: 'correct horse' })).data.user?.id).toBe(login)
  await second.close()
  await rm(parent, { recursive: true, force: true })
})
