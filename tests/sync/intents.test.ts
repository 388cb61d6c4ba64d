import type { PGlite } from '@electric-sql/pglite'
import type { Rows } from './sim/local.ts'
import type { Phone } from './sim/phone.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MUTATORS } from '../../src/mutators/index.ts'
import { bootPglite } from '../db/pglite.ts'
import { Server } from '../fakes/pgGateway.ts'
import { CASES } from './sim/cases/index.ts'
import { holdsAtRest, holdsNow } from './sim/checks.ts'
import { readLocal } from './sim/local.ts'
import { Run } from './sim/run.ts'
import { sync } from './sim/stages.ts'
import '../fakes/indexeddb.ts'

let pg: PGlite
let server: Server
beforeAll(async () => {
  pg = await bootPglite()
  server = new Server(pg)
})
afterAll(() => pg.close())

/** Columns that the phone cannot know before the server answers. */
const SERVER_COLUMNS: Record<string, string[]> = {
  my_assignment: [
    'due_at', 'claimed_at', 'accepted_at', 'on_post_at', 'off_post_at', 'starts_at', 'ends_at', 'door_hash',
  ],
  assignment: ['on_post_at', 'off_post_at', 'starts_at', 'ends_at'],
  handover: ['given_at', 'taken_at', 'forced_at'],
  my_waitlist: ['rank', 'starts_at', 'ends_at'],
  waitlist_lead: ['hold_until'],
  my_offer: ['answered_at'],
  my_notice: ['read_at'],
  offer_lead: ['answered_at'],
  call_lead: ['called_at'],
  callout: ['opened_at', 'policy', 'stood_down_at', 'state'],
  mode: ['opened_at', 'expires_at'],
  reinforcement: ['asked_at', 'answered_at'],
  ladder: ['rungs', 'rung_at', 'next_at', 'position'],
  shift: ['starts_at', 'ends_at'],
  absence: ['starts_at', 'ends_at'],
  availability: ['ready_until'],
  cover_request: ['asked_at', 'claimed_at'],
  partner_unit: ['wall_code'],
  my_report: ['number', 'at', 'name', 'community_name', 'street_name', 'duty_line', 'building_name', 'grid_name'],
  report_lead: ['settled_at', 'responder_id'],
}

function pendingTables(rows: Rows): string[] {
  return [...new Set([...rows].filter(([, r]) => r._pending !== undefined).map(([k]) => k.split('/')[0]!))].sort()
}

function guess(key: string, row: object): object {
  const hidden = new Set(['_v', '_pending', ...SERVER_COLUMNS[key.split('/')[0]!] ?? []])
  return Object.fromEntries(Object.entries(row).filter(([k]) => !hidden.has(k)))
}

/** Expects that the rows the phone guessed are those the server made. */
function expectGoodGuess(before: Rows, after: Rows): void {
  for (const [key, row] of before) {
    if (row._pending === undefined) continue
    const made = after.get(key)
    expect(made, key).toBeDefined()
    expect(guess(key, row), key).toEqual(guess(key, made!))
  }
}

describe('an intent tapped offline, pushed and pulled', () => {
  it.each(CASES)('$name: $title → $answer', async ({ name, given, shows, answer }) => {
    server.page = 10_000
    const run = await Run.begin(server, [])
    const [a, b, lead] = run.phones as [Phone, Phone, Phone]
    await sync(a, b, lead)
    const { who, args } = await given({ run, a, b, lead })
    const tab = who.tab(0)
    tab.gateway.plan = ['drop_request']
    const before = await readLocal(who.db)
    const id = await tab.tap(name, args)
    who.taps.push(id)
    expect((await tab.cycle()).health).toBe('offline')
    const tapped = await readLocal(who.db)
    for (const tbl of shows) expect(pendingTables(tapped.rows)).toContain(tbl)
    expect([...tapped.rows.values()].filter(r => r._pending !== undefined && r._pending !== id)).toEqual([])
    await holdsNow(run)
    await sync(who)
    const after = await readLocal(who.db)
    const verdict = after.rows.get(`verdict/${id}`)
    expect((verdict as { code?: string } | undefined)?.code ?? null).toBe(answer)
    if (answer === null) expectGoodGuess(tapped.rows, after.rows)
    if (answer !== null && answer !== 'waitlisted' && answer !== 'disputed') {
      const mine = [...tapped.rows].filter(([k, r]) => r._pending === id && !before.rows.has(k)).map(([k]) => k)
      expect(mine.filter(k => after.rows.has(k)), 'refused rows are gone').toEqual([])
    }
    await sync(a, b, lead)
    await holdsAtRest(run)
    await run.end()
  })

  it('covers every intent', () => {
    expect([...new Set(CASES.map(x => x.name))].sort()).toEqual(Object.keys(MUTATORS).sort())
  })
})
