import type { MutationArgs } from '../../src/domain/mutations.ts'
import type { World } from '../db/world.ts'
import type { Tab } from '../fakes/tab.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readMeta } from '../../src/db/meta.ts'
import { makeShift, makeWorld } from '../db/world.ts'
import { putBack, takeDump } from './dump.ts'
import { Phones } from './phones.ts'
import { startPostgres17 } from './postgres17.ts'
import { wrongIn } from './taps.ts'

let first: Postgres17
let second: Postgres17
let world: World
let phones: Phones
/** ann, bo, and one who only watches */
let ann: Tab
let bo: Tab
let watcher: Tab
let shifts: string[]

beforeAll(async () => { [first, second] = await Promise.all([startPostgres17(8), startPostgres17(8)]) })
beforeEach(async () => {
  world = await makeWorld(first.pool, 3)
  shifts = []
  for (let i = 0; i < 4; i++) shifts.push(await makeShift(first.pool, world, new Date(Date.now() + (1 + i * 4) * 3600e3), 3, 2))
  await first.pool.query('select private.tick(now())')
  phones = new Phones(first)
  ;[ann, bo, watcher] = world.people.map(p => phones.open(p.login)) as [Tab, Tab, Tab]
  await syncAll()
  return () => phones.close()
})
afterAll(async () => { await Promise.all([first?.close(), second?.close()]) })

async function syncAll(): Promise<void> {
  for (const tab of [ann, bo, watcher]) expect(await tab.cycle(), JSON.stringify(phones.failures)).toEqual({ health: 'ok', after_s: null })
}
/** Every phone starts anew, then sends again what was forgotten, then sees what the others sent. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) await syncAll()
}
async function accept(tab: Tab, shift: string): Promise<{ tap: string, assignment: string }> {
  const args: MutationArgs['accept_shift'] = { assignment_id: randomUUID(), shift_id: shift, offer_id: null, eta_min: null, on_full: 'refuse', waitlist_id: randomUUID() }
  return { tap: await tab.tap('accept_shift', args), assignment: args.assignment_id }
}
/** Time of eras passes without waiting for it. */
async function laterEra(at: Postgres17): Promise<void> {
  await at.pool.query(`select private.mark_era((select max(began_at) from sync.era) + interval '6 minutes')`)
}
async function known(at: Postgres17, taps: string[]): Promise<string[]> {
  const { rows } = await at.pool.query('select mutation_id::text as id from sync.result where mutation_id = any ($1::uuid[])', [taps])
  return (rows as unknown as { id: string }[]).map(r => r.id).sort()
}
async function places(at: Postgres17): Promise<string[]> {
  const { rows } = await at.pool.query(`select id::text from app.assignment where state = 'accepted' and shift_id = any ($1::uuid[])`, [shifts])
  return (rows as unknown as { id: string }[]).map(r => r.id).sort()
}
/** `sums`: how many phones had to be told by their checksum. */
async function expectAllAgree(at: Postgres17, sums = 0): Promise<void> {
  for (const tab of [ann, bo, watcher]) {
    expect(await tab.db.outbox.count(), 'nothing waits').toBe(0)
    expect(await phones.unlikeServer(tab)).toEqual([])
  }
  const told = await Promise.all([ann, bo, watcher].map(tab => phones.mismatchesOn(tab)))
  expect(told.filter(n => n > 0), 'told by the checksum').toHaveLength(sums)
  expect(await wrongIn(at)).toEqual([])
}

interface Story { before: Awaited<ReturnType<typeof accept>>, gone: Awaited<ReturnType<typeof accept>>, unseen: Awaited<ReturnType<typeof accept>>, unsent: Awaited<ReturnType<typeof accept>> }
/** One tap in the copy; after the copy one that is over and done, one whose effect was never seen, and one never sent. */
async function live(copy: () => Promise<void>): Promise<Story> {
  const before = await accept(ann, shifts[0]!)
  await syncAll()
  await copy()
  const gone = await accept(ann, shifts[1]!)
  await syncAll()
  const unseen = await accept(bo, shifts[2]!)
  bo.gateway.plan = ['ok', 'drop_response']
  await bo.cycle()
  expect((await readMeta(bo.db)).sent_lmid).toBe(1)
  const unsent = await accept(watcher, shifts[3]!)
  return { before, gone, unseen, unsent }
}

/** What phones still held arrives, once; what was over before the copy was put back does not come back, and nobody shows it. */
async function expectHealed(at: Postgres17, { before, gone, unseen, unsent }: Story, sums = 0): Promise<void> {
  expect(await places(at), 'nothing lost that somebody held, nothing doubled').toEqual([before, unseen, unsent].map(s => s.assignment).sort())
  expect(await known(at, [before, gone, unseen, unsent].map(s => s.tap))).toEqual([before, unseen, unsent].map(s => s.tap).sort())
  expect(await ann.db.rows('my_assignment').get(gone.assignment), 'and no phone pretends').toBeUndefined()
  await expectAllAgree(at, sums)
}

describe('a dump restored into a new cluster', () => {
  it('holds every row', async () => {
    await accept(ann, shifts[0]!)
    await syncAll()
    await putBack(await takeDump(first), second)
    const [here, there] = await Promise.all([first, second].map(async at => (await takeDump(at)).tables.map(t => [t.name, t.text.toString().split('\n').sort()])))
    expect(there).toEqual(here)
    expect(here!.find(([name]) => name === 'sync.entry')![1]!.length).toBeGreaterThan(20)
  })

  it('is noticed by every phone at its first pull, without anybody remembering anything', async () => {
    let dump = await takeDump(first)
    const story = await live(async () => { dump = await takeDump(first) })
    const epoch = (await readMeta(ann.db)).epoch
    await putBack(dump, second)
    phones.at = second
    await settle()
    const after = await Promise.all([ann, bo, watcher].map(async tab => (await readMeta(tab.db)).epoch))
    expect(new Set(after).size).toBe(1)
    expect(after[0]).not.toBe(epoch)
    await expectHealed(second, story)
    await second.pool.query('select private.tick(now())')
    await accept(ann, shifts[1]!)
    await settle()
    await expectAllAgree(second)
  })
})

describe('an older copy put back into the same cluster', () => {
  it('is noticed by its eras, also where heads and sums look the same', async () => {
    const dump = await takeDump(first)
    const scopes = `select s.id, s.head::text, s.n_live::text, s.sum_ver::text from sync.scope s where s.id like 'org:' || $1 || ':%' order by 1`
    await laterEra(first)
    const gone = await accept(ann, shifts[0]!)
    await syncAll()
    const { rows: old } = await first.pool.query(scopes, [world.community])
    await putBack(dump, first)
    // another person takes the same place: one commit, the same number of rows, the same versions
    const other = await accept(bo, shifts[0]!)
    await bo.cycle()
    const { rows: now } = await first.pool.query(scopes, [world.community])
    expect(now, 'the two histories look the same').toEqual(old)
    await syncAll()
    expect(await watcher.db.rows('assignment').get(gone.assignment)).toBeUndefined()
    expect(await watcher.db.rows('assignment').get(other.assignment)).toMatchObject({ responder_id: world.people[1]!.responder })
    await expectAllAgree(first)
  })

  it('loses nothing a phone still holds', async () => {
    let dump = await takeDump(first)
    const story = await live(async () => {
      dump = await takeDump(first)
      await laterEra(first)
    })
    await putBack(dump, first)
    await settle()
    await expectHealed(first, story)
  })

  it('of the same five minutes: heads from the future and sums tell, numbers it does not know are sent again', async () => {
    let dump = await takeDump(first)
    const story = await live(async () => { dump = await takeDump(first) })
    await putBack(dump, first)
    const client = (await readMeta(ann.db)).client_id
    await settle()
    await expectHealed(first, story, 1)
    const next = await accept(ann, shifts[1]!)
    await settle()
    expect((await readMeta(ann.db)).client_id, 'its old numbers meant something else: a new client').not.toBe(client)
    expect(await known(first, [next.tap])).toEqual([next.tap])
    await expectAllAgree(first, 1)
  })
})

describe('a server that just goes on', () => {
  it('begins eras, and no phone reads anything twice', async () => {
    const epochs = new Set<unknown>()
    let entries = 0
    const ask = phones.pull.bind(phones)
    phones.pull = async (...args) => {
      const answer = await ask(...args)
      if (answer.ok) entries += answer.data.entries.length
      return answer
    }
    for (let i = 0; i < 4; i++) {
      await laterEra(first)
      await syncAll()
      epochs.add((await readMeta(ann.db)).epoch)
    }
    expect(epochs.size).toBe(4)
    expect(entries).toBe(0)
  })
})
