import { rm } from 'node:fs/promises'
import path from 'node:path'
import { createClient } from '@supabase/supabase-js'
import { expect, it } from 'vitest'
import { startBackend } from '../../supabase/local/backend.ts'
import { startTemp, tempFolder } from './harness.ts'

interface Config {
  publishable_key: string, demo: false | { sign_ins: { name: string, password: string }[], resident_code: string }
}

async function configOf(url: string): Promise<Config> {
  return await (await fetch(`${url}/config.json`)).json() as Config
}

it('a database with real data never takes demo data, and the next plain start shows none', async () => {
  const parent = await tempFolder()
  const dataDir = path.join(parent, 'data')
  const first = await startBackend({ dataDir, port: 0, demo: 'no' })
  await first.close()
  await expect(startBackend({ dataDir, port: 0, demo: 'yes' })).rejects.toMatchObject({
    code: 'bad_option',
    message: expect.stringContaining('--fresh'),
  })
  const again = await startBackend({ dataDir, port: 0, demo: 'first' })
  expect((await configOf(again.url)).demo).toBe(false)
  await again.close()
  await rm(parent, { recursive: true, force: true })
})

it('demo sign-ins are shown, work, and have passwords of this folder only', async () => {
  const [one, other] = [await startTemp({ demo: 'yes' }), await startTemp({ demo: 'first' })]
  const [first, second] = await Promise.all([configOf(one.url), configOf(other.url)])
  if (first.demo === false || second.demo === false) throw new Error('no demo')
  for (const { name, password } of first.demo.sign_ins) {
    const supabase = createClient(one.url, first.publishable_key, { auth: { persistSession: false } })
    const { data } = await supabase.schema('api').rpc('sign_in_name', { p_name: name })
    expect((await supabase.auth.signInWithPassword({ email: (data as { email: string }).email, password })).error)
      .toBeNull()
  }
  const passwords = [...first.demo.sign_ins, ...second.demo.sign_ins].map(person => person.password)
  expect(new Set(passwords).size).toBe(passwords.length)
  await Promise.all([one.discard(), other.discard()])
})
