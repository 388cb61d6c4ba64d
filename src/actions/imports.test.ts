import type { Connection } from '#gateway/supabase.ts'
import { describe, expect, it } from 'vitest'
import { checkRows, importRows } from './imports.ts'
import { revealContact } from './people.ts'

interface Question { name: string, args: Record<string, unknown> }
/** A backend that answers in turn. */
function backend(answers: object[]): Connection & { asked: Question[] } {
  const asked: Question[] = []
  const rpc = (name: string, args: Record<string, unknown>): object => {
    asked.push({ name, args })
    return { abortSignal: async () => answers.shift() }
  }
  return { client: { rpc }, url: '', key: '', onAnswer: () => {}, unreadable: () => {}, asked } as unknown as
    & Connection
    & { asked: Question[] }
}
const ok = (data: object): object => ({ data, error: null, status: 200 })
const bad = (status: number, code = ''): object => ({ data: null, error: { code }, status })
const rows = Array.from({ length: 1100 }, (_, row) => ({ row }))
const UNTIL = '2026-11-26T02:00:00+00:00'
const meta = { community_id: 'c', file_name: '名单.xlsx' }
const done = (n: number): object =>
  ok({
    status: 'applied',
    results: Array.from({ length: n }, (_, row) => (
      { row, status: 'created', code: null, field: null, id: 'x', unit: null }
    )),
  })

describe('importing rows', () => {
  it('goes in chunks of at most 500 under one batch, and tells how far it is', async () => {
    const b = backend([done(500), done(500), done(100)])
    const told: number[] = []
    const answer = await importRows(b, 'batch', 'responder', rows, meta, n => told.push(n))
    expect(answer.status === 'applied' && answer.results.length).toBe(1100)
    expect(b.asked.map(a => [a.args.p_batch, (a.args.p_rows as object[]).length])).toEqual([['batch', 500], [
      'batch',
      500,
    ], ['batch', 100]])
    expect(told).toEqual([500, 1000, 1100])
  })

  it('keeps what was done when the network goes', async () => {
    const answer = await importRows(backend([done(500), bad(0)]), 'batch', 'responder', rows, meta, () => {})
    expect(answer).toMatchObject({ status: 'partial', because: { status: 'offline' } })
    expect(answer.results).toHaveLength(500)
  })
})

describe('an online-only action', () => {
  it.each([
    [ok({ status: 'applied', phone: '1', until: UNTIL }), { status: 'applied', phone: '1', until: UNTIL }],
    [ok({ status: 'applied', phone: 13800000000, until: UNTIL }), { status: 'failed' }],
    [ok({ status: 'applied' }), { status: 'failed' }],
    [ok({ status: 'refused', code: 'of a later server', detail: null }), { status: 'failed' }],
    [ok({ status: 'refused', code: 'not_on_duty_together', detail: null }), {
      status: 'refused',
      code: 'not_on_duty_together',
      detail: null,
    }],
    [bad(0), { status: 'offline' }],
    [bad(401), { status: 'signed_out' }],
    [bad(500, '42883'), { status: 'failed' }],
    [bad(400, '22P02'), { status: 'failed' }],
  ])('answers one of a union (%#)', async (answer, expected) => {
    expect(await revealContact(backend([answer]), 'r', '交接')).toEqual(expected)
  })
})

describe('asking before an import', () => {
  const lost = ok({
    status: 'applied',
    results: [{ row: 3, status: 'error', code: 'unknown_parent', field: 'parent_code', id: null, unit: null }],
  })
  const list = { community_id: null, file_name: '区划.csv' }
  it('says of a short list of divisions which rows hang on nothing', async () => {
    const answer = await checkRows(backend([lost]), 'batch', 'division', [{ row: 3 }], list)
    expect(answer).toMatchObject({ status: 'applied', results: [{ row: 3, code: 'unknown_parent' }] })
  })
  it.each(['division', 'party_org'] as const)('asks nothing of a tree of %s that takes several calls', async (kind) => {
    const server = backend([])
    expect(await checkRows(server, 'batch', kind, rows, list)).toEqual({ status: 'applied', results: [] })
    expect(server.asked).toEqual([])
  })
  it('asks of every call of a list whose rows stand alone', async () => {
    const fault = { row: 7, status: 'error', code: 'unknown_person', field: 'contact', id: null, unit: null }
    const last = ok({ status: 'applied', results: [fault] })
    const server = backend([ok({ status: 'applied', results: [] }), done(500), last])
    const answer = await checkRows(server, 'batch', 'partner_unit', rows, meta)
    expect(answer).toEqual({ status: 'applied', results: [fault] })
    expect(server.asked).toHaveLength(3)
  })
})
