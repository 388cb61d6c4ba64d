import { expect, it } from 'vitest'
import { keyHeaders, secretKey } from './secretKey.ts'

const of = (env: Record<string, string>): string | null => secretKey(name => env[name])

it('takes a key of the dictionary first, then the single key, then the older one', () => {
  const old = { SUPABASE_SERVICE_ROLE_KEY: 'eyJ.old.key' }
  expect(of({ ...old, SUPABASE_SECRET_KEYS: '{"web":"sb_secret_1","default":"sb_secret_2"}' })).toBe('sb_secret_2')
  expect(of({ ...old, SUPABASE_SECRET_KEYS: '{"web":"sb_secret_1"}' })).toBe('sb_secret_1')
  expect(of({ ...old, SUPABASE_SECRET_KEYS: '{}', SUPABASE_SECRET_KEY: 'sb_secret_3' })).toBe('sb_secret_3')
  expect(of({ ...old, SUPABASE_SECRET_KEYS: 'broken' })).toBe('eyJ.old.key')
  expect(of({})).toBeNull()
})

it('never sends a new key as a bearer token, which the gateway refuses', () => {
  expect(keyHeaders('sb_secret_1')).toEqual({ apikey: 'sb_secret_1' })
  expect(keyHeaders('eyJ.old.key')).toEqual({ apikey: 'eyJ.old.key', authorization: 'Bearer eyJ.old.key' })
})
