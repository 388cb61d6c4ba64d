import type { PGlite } from '@electric-sql/pglite'
import type { MutationArgs, MutationName } from '../../src/domain/mutations.ts'
import type { Phone } from './sim/phone.ts'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bootPglite } from '../db/pglite.ts'
import { Server } from '../fakes/pgGateway.ts'
import { Tab } from '../fakes/tab.ts'
import { holdsAtRest } from './sim/checks.ts'
import { Run } from './sim/run.ts'
import { sync } from './sim/stages.ts'
import '../fakes/indexeddb.ts'

let pg: PGlite
let server: Server
beforeAll(async () => {
  pg = await bootPglite()
  server = new Server(pg)
  server.page = 10_000
})
afterAll(() => pg.close())

/** Longer than a phone may err when it measures its clock against the server's. */
const LATER_MS = 200

interface Word<N extends MutationName = MutationName> {
  name: N
  older: (me: Phone) => MutationArgs[N]
  newer: (me: Phone) => MutationArgs[N]
  /** what stands in the end, on the phone of the older word */
  shown: (me: Phone) => Promise<unknown>
  stands: unknown
}
const word = <N extends MutationName>(one: Word<N>): Word => one as unknown as Word

const WORDS = [
  word({
    name: 'save_availability',
    older: me => ({ responder_id: me.responder, fits: ['mon.day'] }),
    newer: me => ({ responder_id: me.responder, fits: ['sat.day'] }),
    shown: async me => (await me.db.rows('availability').toArray()).map(a => a.fits),
    stands: [['sat.day']],
  }),
  word({
    name: 'say_today',
    older: () => ({ absence_id: randomUUID(), answer: 'can' }),
    newer: () => ({ absence_id: randomUUID(), answer: 'cannot' }),
    shown: async me => [await me.db.rows('availability').count(), await me.db.rows('absence').count()],
    stands: [0, 1],
  }),
  word({
    name: 'save_wishes',
    older: () => ({ turns: 'more', nights: 'yes' }),
    newer: () => ({ turns: 'fewer', nights: 'no' }),
    shown: async me => (await me.db.rows('wish').toArray()).map(w => w.turns),
    stands: ['fewer'],
  }),
  word({
    name: 'set_consent',
    older: () => ({ purpose: 'public_display', given: true }),
    newer: () => ({ purpose: 'public_display', given: false }),
    shown: async me => (await me.db.rows('me').toArray()).map(m => m.consents),
    stands: [[]],
  }),
]

describe('a word that a phone without signal brings after a newer one of another phone', () => {
  it.each(WORDS)('$name: the newer one stands', async ({ name, older, newer, shown, stands }) => {
    const run = await Run.begin(server, [])
    const [a] = run.phones as [Phone]
    const other = new Tab(server, a.login, `${a.login} second phone`)
    await sync(a)
    await other.cycle()
    a.tab(0).gateway.plan = ['drop_request']
    const late = await a.tab(0).tap(name, older(a))
    expect((await a.tab(0).cycle()).health).toBe('offline')
    await sleep(LATER_MS)
    await other.tap(name, newer(a))
    expect((await other.cycle()).health).toBe('ok')
    await sync(a)
    expect((await a.db.rows('verdict').toArray()).find(v => v.id === late)?.code).toBe('outdated')
    expect(await shown(a)).toEqual(stands)
    await sync(...run.phones)
    await holdsAtRest(run)
    other.close()
    await run.end()
  })
})
