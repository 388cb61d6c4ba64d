import type { Postgres17 } from './postgres17.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readMeta } from '../../src/db/meta.ts'
import { putBack, takeDump } from './dump.ts'
import { startPostgres17 } from './postgres17.ts'
import { Trio } from './trio.ts'

let first: Postgres17
let second: Postgres17
let trio: Trio

beforeAll(async () => { [first, second] = await Promise.all([startPostgres17(8), startPostgres17(8)]) })
beforeEach(async () => {
  trio = await Trio.meet(first)
  return () => trio.phones.close()
})
afterAll(async () => { await Promise.all([first?.close(), second?.close()]) })

/** Begins the era that would begin six minutes later. */
async function laterEra(): Promise<void> {
  await first.pool.query(`select private.mark_era((select max(began_at) from sync.era) + interval '6 minutes')`)
}

describe('a dump restored into a new cluster', () => {
  it('holds every row', async () => {
    await trio.accept(trio.tabs[0], 0)
    await trio.sync()
    await putBack(await takeDump(first), second)
    const [here, there] = await Promise.all(
      [first, second].map(async at =>
        (await takeDump(at)).tables.map(t => [t.name, t.text.toString().split('\n').sort()]),
      ),
    )
    expect(there).toEqual(here)
    expect(here!.find(([name]) => name === 'sync.entry')![1]!.length).toBeGreaterThan(20)
  })

  it('is noticed by every phone at its first pull', async () => {
    let dump = await takeDump(first)
    const story = await trio.live(async () => { dump = await takeDump(first) })
    const { epoch } = await readMeta(trio.tabs[0].db)
    await putBack(dump, second)
    trio.phones.at = second
    await trio.settle()
    const after = await Promise.all(trio.tabs.map(async tab => (await readMeta(tab.db)).epoch))
    expect(new Set(after).size).toBe(1)
    expect(after[0]).not.toBe(epoch)
    await trio.expectHealed(story)
    await second.pool.query('select private.tick(now())')
    await trio.accept(trio.tabs[0], 1)
    await trio.settle()
    await trio.expectAllAgree()
  })
})

describe('an older copy restored into the same cluster', () => {
  it('is noticed by its eras, even where heads and sums look the same', async () => {
    const [ann, bo, watcher] = trio.tabs
    const scopes = `
      select s.id, s.head::text, s.n_live::text, s.sum_ver::text
      from sync.scope s
      where s.id like 'org:' || $1 || ':%'
      order by 1`
    const dump = await takeDump(first)
    await laterEra()
    const gone = await trio.accept(ann, 0)
    await trio.sync()
    const { rows: old } = await first.pool.query(scopes, [trio.world.community])
    await putBack(dump, first)
    // another person takes the same place: one commit, the same number of rows, the same versions
    const other = await trio.accept(bo, 0)
    await bo.cycle()
    const { rows: now } = await first.pool.query(scopes, [trio.world.community])
    expect(now, 'the two histories look the same').toEqual(old)
    await trio.sync()
    expect(await watcher.db.rows('assignment').get(gone.assignment)).toBeUndefined()
    expect(await watcher.db.rows('assignment').get(other.assignment)).toMatchObject({
      responder_id: trio.world.people[1]!.responder,
    })
    await trio.expectAllAgree()
  })

  it('loses nothing that a phone still holds', async () => {
    let dump = await takeDump(first)
    const story = await trio.live(async () => {
      dump = await takeDump(first)
      await laterEra()
    })
    await putBack(dump, first)
    await trio.settle()
    await trio.expectHealed(story)
  })

  it('is noticed within one era by heads and sums, and unknown numbers are sent again', async () => {
    const [ann] = trio.tabs
    let dump = await takeDump(first)
    const story = await trio.live(async () => { dump = await takeDump(first) })
    await putBack(dump, first)
    const client = (await readMeta(ann.db)).client_id
    await trio.settle()
    await trio.expectHealed(story, 1)
    const next = await trio.accept(ann, 1)
    await trio.settle()
    expect((await readMeta(ann.db)).client_id, 'its old numbers meant something else: a new client').not.toBe(client)
    expect(await trio.decided([next.tap])).toEqual([next.tap])
    await trio.expectAllAgree(1)
  })
})

describe('a server that keeps running', () => {
  it('begins eras, and no phone reads anything twice', async () => {
    const epochs = new Set<unknown>()
    let entries = 0
    const ask = trio.phones.pull.bind(trio.phones)
    trio.phones.pull = async (...args) => {
      const answer = await ask(...args)
      if (answer.ok) entries += answer.data.entries.length
      return answer
    }
    for (let i = 0; i < 4; i++) {
      await laterEra()
      await trio.sync()
      epochs.add((await readMeta(trio.tabs[0].db)).epoch)
    }
    expect(epochs.size).toBe(4)
    expect(entries).toBe(0)
  })
})
