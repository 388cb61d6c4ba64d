import type { Finding } from './checks.ts'
import type { SoakPhone } from './clients.ts'
import type { Havoc } from './faults.ts'
import type { Ledger } from './ledger.ts'
import type { SoakServer } from './server.ts'
import type { Settled } from './settle.ts'
import type { Told } from './shares.ts'
import { SETTLE_MS } from './settle.ts'
import { tellShares } from './shares.ts'

/** Everything one run has to tell. Times in s. */
export interface Soaked {
  seed: number, seconds: number, server: SoakServer, phones: SoakPhone[], ledger: Ledger, havoc: Havoc, settled: Settled
  verdicts: [string, number][], found: Finding, told: Told
}

function line(name: string, text: string): void {
  console.log(`${name.padEnd(14)}${text}`)
}

const list = (counts: Iterable<readonly [string, number]>): string =>
  [...counts].map(([name, n]) => `${name} ${n}`).join(', ')
const within = (seconds: number | null): string =>
  seconds === null ? `NOT within ${SETTLE_MS / 1000} s` : `${seconds.toFixed(1)} s after healing`

/** Did everything hold? */
export function isSound({ settled, found, told }: Soaked): boolean {
  return settled.drained !== null && settled.converged !== null && Object.values(found).every(f => f.length === 0)
    && told.dry.length === 0
}

/** Prints the table. */
export function report(run: Soaked): void {
  const { phones, ledger, server } = run
  const sum = (pick: (p: SoakPhone) => number): number => phones.reduce((n, p) => n + pick(p), 0)
  line('seed', `${run.seed}; ${phones.length} phones, ${sum(p => p.tabs.length)} pages, ${run.seconds.toFixed(0)} s`)
  line(
    'taps',
    `${ledger.kept.length} acknowledged, ${
      (ledger.kept.length / run.seconds).toFixed(1)
    }/s; ${ledger.open.length} cut short by a kill`,
  )
  line('verdicts', list(run.verdicts))
  line(
    'requests',
    `${sum(p => p.weather.counts.requests)}; ${sum(p => p.weather.counts.dropped)} dropped, ${
      sum(p => p.weather.counts.duplicated)
    } sent twice, ${sum(p => p.weather.counts.cracked)} answered by a broken proxy`,
  )
  line('faults', list(run.havoc.done))
  line('crashes', `server ${server.restarts}, pages ${sum(p => p.kills)}`)
  line(
    'complaints',
    `${server.complaints.length}${
      server.complaints.length > 0 ? ` ${[...new Set(server.complaints)].slice(0, 3).join(' | ').slice(0, 600)}` : ''
    }`,
  )
  line('queues empty', within(run.settled.drained))
  line('converged', within(run.settled.converged))
  for (const [name, found] of Object.entries(run.found))
    line(name, `${found.length}${found.length > 0 ? `  ${found.slice(0, 3).join(' ')}` : ''}`)
  tellShares(run.told)
}
