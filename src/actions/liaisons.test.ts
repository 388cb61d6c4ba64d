import type { Connection } from '#gateway/supabase.ts'
import type { ListedPerson } from './liaisons.ts'
import { describe, expect, it } from 'vitest'
import { appointLiaison, endLiaison, listPeople } from './liaisons.ts'

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
const offline = { data: null, error: { code: '' }, status: 0 }
const person = (row: number): ListedPerson =>
  ({ id: String(row), row, name: '王建国', phone: '19900000001', building: null, skills: [] })
const people = Array.from({ length: 700 }, (_, i) => person(i + 2))
const listed = (rows: ListedPerson[]): object =>
  ok({ status: 'applied', results: rows.map(({ row }) => ({ row, status: 'listed', field: null })) })

describe('a list of a unit', () => {
  it('goes in chunks of at most 500, and tells how far it is', async () => {
    const b = backend([listed(people.slice(0, 500)), listed(people.slice(500))])
    const told: [number, number][] = []
    const answer = await listPeople(b, 'u', people, (done, all) => told.push([done, all]))
    expect([answer.status, answer.results.length]).toEqual(['applied', 700])
    expect(b.asked.map(a => [a.name, a.args.p_partner_unit_id, (a.args.p_rows as object[]).length]))
      .toEqual([['list_people', 'u', 500], ['list_people', 'u', 200]])
    expect(told).toEqual([[500, 700], [700, 700]])
  })
  it('keeps what was done when the network goes, and names rows that cannot be taken', async () => {
    const bad = ok({ status: 'applied', results: [{ row: 2, status: 'error', field: 'phone' }] })
    const answer = await listPeople(backend([bad, offline]), 'u', people)
    expect(answer).toEqual({
      status: 'partial', because: { status: 'offline' }, results: [{ row: 2, status: 'error', field: 'phone' }],
    })
  })
})

it('a liaison is appointed by a one-time link, and ended by the id that the row of the unit shows', async () => {
  const expires_at = '2026-12-15T02:00:00+00:00'
  const b = backend([ok({ status: 'applied', token: 'T', expires_at }), ok({ status: 'applied' })])
  expect(await appointLiaison(b, 'u', '何静')).toEqual({ status: 'applied', token: 'T', expires_at })
  expect(await endLiaison(b, 'u', 'g')).toEqual({ status: 'applied' })
  expect(b.asked).toEqual([
    { name: 'appoint_liaison', args: { p_partner_unit_id: 'u', p_name: '何静' } },
    { name: 'end_liaison', args: { p_partner_unit_id: 'u', p_id: 'g' } },
  ])
})
