import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { freePort } from '../../supabase/local/cluster/free-port.ts'
import { clock } from '../clock.ts'
import { Chance } from './chance.ts'
import { findings, verdictCounts } from './checks.ts'
import { SoakPhone } from './clients.ts'
import { Havoc, planFaults } from './faults.ts'
import { listReports } from './keeping.ts'
import { Ledger } from './ledger.ts'
import { isSound, report } from './report.ts'
import { SoakServer } from './server.ts'
import { firstSync, settle } from './settle.ts'
import { countShares } from './shares.ts'
import { tellStories } from './stories.ts'
import { Fingers, listCalls } from './taps.ts'
import { Watch } from './watch.ts'
import { makeSoakWorld } from './world.ts'
import '../fakes/indexeddb.ts'

interface Options { minutes: number, seed: number, clients: number, rate: number, port: number, stories: number }

async function options(): Promise<Options> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({
    options: { minutes: text, seed: text, clients: text, rate: text, port: text, stories: text },
  })
  const {
    minutes = '2',
    seed = String(clock.now() % 2 ** 31),
    clients = '10',
    rate = '30',
    port = String(await freePort()),
    stories = '10000',
  } = values
  const read = {
    minutes: Number(minutes),
    seed: Number(seed),
    clients: Number(clients),
    rate: Number(rate),
    port: Number(port),
    stories: Number(stories),
  }
  const bad = Object.entries(read).find(([, n]) => !Number.isFinite(n) || n < 0)
  if (bad || read.clients < 2 || read.rate === 0)
    throw new Error(`--${bad?.[0] ?? 'clients (≥ 2) or --rate (> 0)'} is not a number that can be used`)
  return read
}

const broken: unknown[] = []

/** A dying page may fail in any way; a living one must keep every tap. */
function expectKilled(dead: boolean, error: unknown): void {
  if (!dead) broken.push(error)
}

/**
 * Makes `rate` taps a second over all phones, each where a finger can reach a page.
 * A tap on a page that is killed may fail; only what a phone acknowledged counts.
 */
async function tapFor(
  ms: number,
  rate: number,
  server: SoakServer,
  phones: SoakPhone[],
  chance: Chance,
): Promise<void> {
  const from = clock.now()
  const fingers = new Fingers(phones, chance)
  for (let n = 0; clock.now() - from < ms; n++) {
    void fingers.tap(expectKilled)
    // the server may be down; it is asked again in 2 s
    if (n % (rate * 2) === 0) {
      listCalls(server, (clock.now() - from) / ms).catch(() => undefined)
      listReports(server).catch(() => undefined)
    }
    await sleep(Math.max(1, from + (n + 1) * 1000 / rate - clock.now()))
  }
}

async function soak(server: SoakServer, opts: Options): Promise<boolean> {
  const { seed, clients, rate } = opts
  const world = await makeSoakWorld(server, clients)
  const ledger = new Ledger()
  const phones = world.phones.map((_, i) => new SoakPhone(server, world, ledger, i, seed + i + 1))
  const havoc = new Havoc(server, phones)
  await firstSync(server, phones)
  const watch = new Watch(server)
  const from = clock.now()
  const ms = opts.minutes * 60_000
  const strikes = planFaults(seed, clients, ms).map(fault => havoc.strike(fault))
  await tapFor(ms, rate, server, phones, new Chance(seed))
  const seconds = (clock.now() - from) / 1000
  await havoc.heal(strikes)
  const settled = await settle(server, phones)
  const found = await findings(server, phones, ledger, watch)
  const run = {
    seed, seconds, server, phones, ledger, havoc, settled, found,
    verdicts: await verdictCounts(server),
    shares: await countShares(server, ledger),
  }
  report(run)
  for (const error of broken.slice(0, 3)) console.error('a tap failed on a living page:', error)
  for (const phone of phones) phone.close()
  return isSound(run) && broken.length === 0
}

async function main(): Promise<number> {
  const opts = await options()
  if (opts.stories > 0 && !await tellStories(opts.stories, opts.seed)) return 1
  const server = await SoakServer.start(opts.port)
  let sound = false
  try {
    sound = await soak(server, opts)
  }
  finally {
    await server.close(!sound)
    if (!sound) console.log(`FAILED with --seed ${opts.seed}; the data folder is kept in ${server.folder}`)
  }
  return sound ? 0 : 1
}

// sockets of closed pages may linger, so the process ends by itself
main().then(code => process.exit(code), (error: unknown) => {
  console.error(error)
  process.exit(2)
})
