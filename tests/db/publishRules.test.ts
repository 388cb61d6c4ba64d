import type { PGlite } from '@electric-sql/pglite'
import type { World } from './world.ts'
import { randomUUID } from 'node:crypto'
import process from 'node:process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DAY, dayKey, HOUR, iso, startOfDay } from '#domain/time.ts'
import { clock } from '../clock.ts'
import { Chance } from '../soak/chance.ts'
import { bootPglite, call } from './pglite.ts'
import { grant, makeWorld, mutation, person, pglite } from './world.ts'

/** Random rosters whose drafts come past the client; the database judges them alone. `npm run proof` plays 1,000. */
const RUNS = Number(process.env.PUBLISH_RUNS ?? 60)
const HALF = HOUR / 2
const DAYS = 6
const [PEOPLE, TURNS] = [2, 7]

let db: PGlite
let w: World
let people: string[]
const posts: string[] = []
/** the first moment of the rosters: all of them are still to come */
let first: number

beforeAll(async () => {
  db = await bootPglite()
  w = await makeWorld(pglite(db), 0)
  for (let i = 0; i < TURNS * PEOPLE; i++) {
    const id = randomUUID()
    await db.query(
      `insert into app.post (id, org_unit_id, community_id, name, kind) values ($1, $2, $3, $4, 'patrol')`,
      [id, w.buildings[0], w.community, `岗${i}`],
    )
    posts.push(id)
  }
  first = startOfDay(clock.now()) + 2 * DAY
})
afterAll(async () => db.close())

/** A turn in half hours from `first` on. */
interface Turn { who: number, from: number, length: number }

function turnsOf(chance: Chance): Turn[] {
  return Array.from({ length: 1 + chance.below(TURNS) }, () => ({
    who: chance.below(PEOPLE), from: chance.below(DAYS * 48), length: 2 + chance.below(20),
  }))
}

/** What a person may not do, half hour by half hour: serve twice at once, over 12 h in a row, over 12 h in any 24 h. */
function breach(turns: readonly Turn[]): 'conflict' | 'tired' | null {
  const busy = Array.from<number>({ length: (DAYS + 2) * 48 }).fill(0)
  for (const { from, length } of turns) {
    for (let i = from; i < from + length; i++) busy[i]!++
  }
  if (busy.some(n => n > 1)) return 'conflict'
  let run = 0
  for (const [i, n] of busy.entries()) {
    run = n > 0 ? run + 1 : 0
    if (run > 24 || busy.slice(i, i + 48).reduce((sum, one) => sum + one, 0) > 24) return 'tired'
  }
  return null
}

/** Writes a draft roster into the tables, past every mutator. */
async function draft(turns: readonly Turn[]): Promise<string> {
  const roster = randomUUID()
  await db.query(
    `insert into app.roster (id, community_id, name, starts_on, ends_on, state) values ($1, $2, '周', $3, $4, 'draft')`,
    [roster, w.community, dayKey(first), dayKey(first + (DAYS + 1) * DAY)],
  )
  for (const [i, { who, from, length }] of turns.entries()) {
    const shift = randomUUID()
    await db.query(
      `insert into app.shift (id, community_id, post_id, roster_id, starts_at, ends_at, capacity, state)
      values ($1, $2, $3, $4, $5, $6, 1, 'draft')`,
      [shift, w.community, posts[i], roster, iso(first + from * HALF), iso(first + (from + length) * HALF)],
    )
    await db.query('insert into app.draft_assignment (id, shift_id, responder_id) values ($1, $2, $3)', [
      randomUUID(), shift, people[who],
    ])
  }
  return roster
}

async function publish(lead: string, roster: string, reason: string | null): Promise<string> {
  const muts = [mutation(1, 'publish_roster', { roster_id: roster, version: 1, override_reason: reason })]
  const client = randomUUID()
  const { results: [result] } = await call<{ results: { status: string, code: string | null }[] }>(
    db, lead, 'push', { p_client: client, p_schema: 2, p_muts: muts },
  )
  return result!.code ?? result!.status
}

it(`the database publishes no roster of ${RUNS} that breaks a hard rule, and every other one`, async () => {
  const seen = { conflict: 0, tired: 0, soft: 0, fine: 0 }
  for (let run = 0; run < RUNS; run++) {
    const turns = turnsOf(new Chance(run + 1))
    people = []
    for (let i = 0; i < PEOPLE; i++) people.push((await person(pglite(db), w.community, `值守${run}${i}`)).responder)
    const breaches = people.map((_, who) => breach(turns.filter(t => t.who === who)))
    const worst = breaches.includes('conflict') ? 'conflict' : breaches.includes('tired') ? 'tired' : null
    // a coordinator of its own: one alone would push too often
    const { login: lead } = await person(pglite(db), w.community, `书记${run}`)
    await grant(pglite(db), lead, w.community, 'coordinator')
    const roster = await draft(turns)
    const plain = await publish(lead, roster, null)
    if (worst === 'conflict') {
      expect([plain, await publish(lead, roster, '人手不够')], `run ${run}`).toEqual(['roster_conflict', 'roster_conflict'])
      seen.conflict++
    }
    else if (worst === 'tired') {
      expect([plain, await publish(lead, roster, '人手不够')], `run ${run}`).toEqual(['roster_tired', 'roster_tired'])
      seen.tired++
    }
    else if (plain === 'roster_tired') {
      expect(await publish(lead, roster, '人手不够'), `run ${run}, soft limits with a reason`).toBe('applied')
      seen.soft++
    }
    else {
      expect(plain, `run ${run}`).toBe('applied')
      seen.fine++
    }
  }
  process.stdout.write(`publish: ${JSON.stringify(seen)} of ${RUNS} random rosters\n`)
  expect(Math.min(...Object.values(seen)), 'each kind was played').toBeGreaterThan(0)
}, 600_000)
