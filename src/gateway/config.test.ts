import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { loadConfig } from './config.ts'

const shelf = new Map<string, string>()
let answer: () => Response
const told: string[] = []
beforeEach(() => {
  shelf.clear()
  told.length = 0
  vi.stubGlobal('localStorage', {
    getItem: (k: string) => shelf.get(k) ?? null,
    setItem: (k: string, v: string) => shelf.set(k, v),
    removeItem: (k: string) => shelf.delete(k),
  })
  vi.stubGlobal('fetch', async () => answer())
})
afterEach(() => vi.unstubAllGlobals())

it('is read with what may be left out, and kept for a start without a network', async () => {
  answer = () =>
    Response.json({ publishable_key: 'key', push_key: null, features: { phone_otp: true, other: 'yes' }, demo: false })
  const config = { backend_url: '', publishable_key: 'key', push_key: '', features: { phone_otp: true, other: false } }
  expect(await loadConfig()).toEqual(config)
  answer = () => new Response(null, { status: 503 })
  expect(await loadConfig()).toEqual(config)
})

it.each([
  [{ publishable_key: 7 }, 'publishable_key'],
  [{ publishable_key: 'key', backend_url: {} }, 'backend_url'],
  [{ publishable_key: 'key', features: 'phone_otp' }, 'features'],
  [null, 'all'],
])('%j is none, and the place is said', async (value, field) => {
  answer = () => Response.json(value)
  expect(await loadConfig(where => told.push(where))).toBeNull()
  expect([told, shelf.size]).toEqual([[field], 0])
})
