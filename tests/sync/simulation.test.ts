import type { PGlite } from '@electric-sql/pglite'
import type { Move } from './sim/moves.ts'
import type { Phone } from './sim/phone.ts'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bootPglite } from '../db/pglite.ts'
import { Server } from '../fakes/pgGateway.ts'
import { holdsAtRest, holdsNow } from './sim/checks.ts'
import { play, story } from './sim/moves.ts'
import { Run } from './sim/run.ts'
import '../fakes/indexeddb.ts'

/** `SIM_RUNS` asks for more stories; `SIM_SEED` and `SIM_PATH` repeat a failure. */
const RUNS = Number(process.env.SIM_RUNS ?? 300)
const SEED = process.env.SIM_SEED
  ? { seed: Number(process.env.SIM_SEED), ...process.env.SIM_PATH ? { path: process.env.SIM_PATH } : {} }
  : {}
/** Good cycles after which a phone has sent everything and heard everything (I11). */
const PATIENCE = 4
/** longer than any Retry-After of the network, ms: phones keep silent for that time */
const A_WHILE = 60_000

let pg: PGlite
let server: Server
/** counted to vacuum: an embedded database does not by itself, and dead rows would slow the last stories */
let stories = 0

beforeAll(async () => {
  pg = await bootPglite()
  server = new Server(pg)
})
afterAll(() => pg.close())

function heal(phone: Phone): void {
  phone.revive()
  for (const tab of phone.tabs) {
    tab.skew += A_WHILE
    Object.assign(tab.gateway, { plan: [], expired: false, revoked: false })
  }
}

/** Lets every phone sync until nothing moves. The doorbell never rings here: it may only make things faster (I17). */
async function settle(run: Run): Promise<void> {
  await server.deliverLate()
  run.phones.forEach(heal)
  for (let round = 0; round < PATIENCE; round++) {
    for (const [i, phone] of run.phones.entries()) {
      const { health } = await phone.tab(round + i).cycle()
      if (round === PATIENCE - 1) expect(health, 'I11 in sync').toBe('ok')
    }
  }
}

async function tell(moves: Move[], skews: number[], page: number): Promise<void> {
  server.page = page
  if (++stories % 40 === 0) await pg.exec('vacuum')
  const run = await Run.begin(server, skews)
  try {
    for (const phone of run.phones) await phone.tab(0).cycle()
    for (const move of moves) {
      await play(run, move)
      await holdsNow(run)
    }
    await settle(run)
    await holdsAtRest(run)
  }
  finally {
    await run.end()
  }
}

describe('three phones of two tabs each, on a network and disks that fail', () => {
  it('keeps the invariants on the way and ends as the server has it', { timeout: 900_000 }, async () => {
    const skew = fc.constantFrom(0, 0, 2 * 86400e3, -2 * 86400e3)
    const page = fc.constantFrom(2, 7, 10_000)
    await fc.assert(fc.asyncProperty(story, fc.tuple(skew, skew, skew), page, tell), {
      numRuns: RUNS,
      verbose: 1,
      ...SEED,
    })
  })
})
