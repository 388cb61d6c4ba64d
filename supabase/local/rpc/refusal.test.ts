import { expect, it } from 'vitest'
import { refusalOf, statusOf } from './refusal.ts'

// What PostgREST answers, state by state (mapSQLtoHTTP in src/library/PostgREST/Error.hs of version 14).
it.each([
  ['08006', 503],
  ['09000', 500],
  ['0L000', 403],
  ['0P000', 403],
  ['21000', 500],
  ['22023', 400],
  ['22P02', 400],
  ['23502', 400],
  ['23503', 409],
  ['23505', 409],
  ['23514', 400],
  ['23P01', 400],
  ['25000', 500],
  ['25001', 500],
  ['25006', 405],
  ['25P02', 500],
  ['25P03', 500],
  ['28000', 403],
  ['28P01', 403],
  ['2D000', 500],
  ['38000', 500],
  ['39000', 500],
  ['3B000', 500],
  ['40001', 500],
  ['40P01', 500],
  ['42501', 403],
  ['42601', 400],
  ['42703', 400],
  ['42883', 404],
  ['42P01', 404],
  ['42P17', 500],
  ['53300', 503],
  ['53400', 500],
  ['54000', 500],
  ['55P03', 500],
  ['57014', 500],
  ['57P01', 503],
  ['57P03', 500],
  ['58030', 500],
  ['F0000', 500],
  ['HV000', 500],
  ['P0000', 500],
  ['P0001', 400],
  ['P0002', 500],
  ['P0003', 500],
  ['P0004', 500],
  ['PT402', 402],
  ['PTxyz', 500],
  ['RW001', 400],
  ['XX000', 500],
])('%s is %i', (state, status) => {
  expect(statusOf(state, 'text', true)).toBe(status)
})

it.each([
  ['21000', 'UPDATE requires a WHERE clause', 400],
  ['22023', 'role "boss" does not exist', 401],
  ['42883', 'function xmlagg(text) does not exist', 406],
])('%s with "%s" is %i', (state, message, status) => {
  expect(statusOf(state, message, true)).toBe(status)
})

function databaseError(code: string, message: string, detail?: string): Error {
  return Object.assign(new Error(message), { code, severity: 'ERROR', ...detail !== undefined && { detail } })
}
const bodyOf = (error: unknown, signedIn = true): unknown =>
  JSON.parse(refusalOf(error, signedIn).body.toString('utf8'))

it('asks a caller who is not signed in to sign in, and forbids a caller who is', () => {
  const error = databaseError('42501', 'permission denied')
  expect([refusalOf(error, true).status, refusalOf(error, false).status]).toEqual([403, 401])
  expect(refusalOf(error, false).headers['www-authenticate']).toBe('Bearer')
})

it('lets a function choose status, headers and body by PGRST', () => {
  const error = databaseError(
    'PGRST',
    '{"code":"RW003","message":"too many","details":"7"}',
    '{"status":429,"headers":{"Retry-After":"7"}}',
  )
  const answer = refusalOf(error, true)
  expect([answer.status, answer.headers['retry-after']]).toEqual([429, '7'])
  expect(bodyOf(error)).toEqual({ code: 'RW003', message: 'too many', details: '7', hint: null })
})

it.each([
  ['not json', '{"status":429,"headers":{}}'],
  ['{"code":"a"}', '{"status":429,"headers":{}}'],
  ['{"code":"a","message":"b"}', undefined],
  ['{"code":"a","message":"b"}', '{"status":429}'],
  ['{"code":"a","message":"b"}', '[1]'],
])('answers 500 for a choice it cannot read: %s, %s', (message, detail) => {
  const error = databaseError('PGRST', message, detail)
  expect([refusalOf(error, true).status, bodyOf(error)]).toEqual([500, {
    code: 'PGRST121',
    message: expect.any(String),
    details: null,
    hint: null,
  }])
})

it('answers 503 for a database that is gone', () => {
  expect([refusalOf(new Error('socket'), true).status, bodyOf(new Error('socket'))]).toEqual([
    503,
    expect.objectContaining({ code: 'PGRST001' }),
  ])
})
