import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const TEXT = readFileSync(path.resolve(import.meta.dirname, '../../supabase/config.toml'), 'utf8')

/** The lines of one section, as `name = value`, without comments. */
function section(name: string): string[] {
  const lines = TEXT.split('\n').map(line => line.trim())
  const from = lines.indexOf(`[${name}]`)
  expect(from, `[${name}] is there`).toBeGreaterThan(-1)
  const rest = lines.slice(from + 1)
  const to = rest.findIndex(line => line.startsWith('['))
  return rest.slice(0, to === -1 ? undefined : to).filter(line => line !== '' && !line.startsWith('#'))
}

it('supabase/config.toml has the settings that the guide asks for', () => {
  expect(section('api')).toContain('schemas = [ "api" ]')
  const auth = [
    'minimum_password_length = 8',
    'enable_signup = true',
    'enable_anonymous_sign_ins = false',
    'jwt_expiry = 3600',
  ]
  expect(section('auth')).toEqual(expect.arrayContaining(auth))
  expect(section('auth.email')).toContain('enable_confirmations = false')
  // 200 people enter from one address on one evening; the phones of a community wake together
  expect(section('auth.rate_limit')).toEqual(
    expect.arrayContaining(['sign_in_sign_ups = 300', 'token_refresh = 1800']),
  )
  expect(section('functions.deliver')).toEqual(['verify_jwt = false'])
  expect(section('functions.calendar')).toEqual(['verify_jwt = false'])
  expect(section('auth.hook.send_email')).toEqual([
    'enabled = true',
    'uri = "pg-functions://postgres/private/send_email_hook"',
  ])
  expect(section('auth.hook.before_user_created')).toEqual([
    'enabled = true',
    'uri = "pg-functions://postgres/private/before_user_created_hook"',
  ])
})

it('every migration has its own number, by which db push tells them apart', () => {
  const names = readdirSync(path.resolve(import.meta.dirname, '../../supabase/migrations'))
  expect(names.filter(name => !/^\d{14}_\w+\.sql$/.test(name))).toEqual([])
  const numbers = names.map(name => name.slice(0, 14))
  expect(numbers.filter((number, i) => numbers.indexOf(number) !== i)).toEqual([])
})
