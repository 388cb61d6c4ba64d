import type { Findings } from './checks.ts'
import type { SoakPhone } from './clients.ts'
import type { Havoc } from './faults.ts'
import type { Ledger } from './ledger.ts'
import type { SoakServer } from './server.ts'
import type { Settlement } from './settle.ts'
import type { Shares } from './shares.ts'
import { SETTLE_MS } from './settle.ts'
import { printShares } from './shares.ts'

/** What one run found. seconds: its length without healing. */
export interface SoakRun {
  seed: number, seconds: number, server: SoakServer, phones: SoakPhone[], ledger: Ledger, havoc: Havoc
  settled: Settlement, verdicts: [string, number][], found: Findings, shares: Shares
}

function line(name: string, text: string): void {
  console.log(`${name.padEnd(14)}${text}`)
}

const list = (counts: Iterable<readonly [string, number]>): string =>
  [...counts].map(([name, n]) => `${name} ${n}`).join(', ')
const within = (seconds: number | null): string =>
  seconds === null ? `NOT within ${SETTLE_MS / 1000} s` : `${seconds.toFixed(1)} s after healing`

/** True when every queue emptied in time, nothing was found and no intent came short. */
export function isSound({ settled, found, shares }: SoakRun): boolean {
  return settled.drained !== null && settled.converged !== null && Object.values(found).every(f => f.length === 0)
    && shares.dry.length === 0
}

/** Prints the table. */
export function report(run: SoakRun): void {
  const { phones, ledger, server } = run
  const sum = (pick: (p: SoakPhone) => number): number => phones.reduce((n, p) => n + pick(p), 0)
  line('seed', `${run.seed}; ${phones.length} phones, ${sum(p => p.tabs.length)} pages, ${run.seconds.toFixed(0)} s`)
  const rate = (ledger.kept.length / run.seconds).toFixed(1)
  line('taps', `${ledger.kept.length} acknowledged, ${rate}/s; ${ledger.open.length} cut short by a kill`)
  line('verdicts', list(run.verdicts))
  const sent = sum(p => p.weather.counts.requests)
  const dropped = sum(p => p.weather.counts.dropped)
  const twice = sum(p => p.weather.counts.duplicated)
  const cracked = sum(p => p.weather.counts.cracked)
  line('requests', `${sent}; ${dropped} dropped, ${twice} sent twice, ${cracked} answered by a broken proxy`)
  line('faults', list(run.havoc.done))
  line('crashes', `server ${server.restarts}, pages ${sum(p => p.kills)}`)
  const first = [...new Set(server.complaints)].slice(0, 3).join(' | ').slice(0, 600)
  line('complaints', `${server.complaints.length}${first === '' ? '' : ` ${first}`}`)
  line('queues empty', within(run.settled.drained))
  line('converged', within(run.settled.converged))
  for (const [name, found] of Object.entries(run.found))
    line(name, `${found.length}${found.length > 0 ? `  ${found.slice(0, 3).join(' ')}` : ''}`)
  printShares(run.shares)
}
