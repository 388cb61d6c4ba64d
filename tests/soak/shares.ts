import type { MutationName } from '../../src/domain/mutations.ts'
import type { Ledger, Tap } from './ledger.ts'
import type { SoakServer } from './server.ts'
import { CLAIMS, INTENTS } from './taps.ts'

/** Of all taps, so much must be a word on an open place, and so much each intent; of each intent, so much must have been applied. */
const MUST = { claims: 0.4, each: 0.01, applied: 0.5 }

/** One intent in numbers; `codes` = what else the server said, most frequent first. */
interface Line { name: MutationName, taps: number, share: number, applied: number, codes: [string, number][] }
/** What was tapped and what became of it; `dry` = where the world gave too little to do. */
export interface Told { lines: Line[], claims: [all: number, lastFifth: number], dry: string[] }

function counted(said: string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const one of said) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])
}

function lineOf(name: MutationName, all: Tap[], verdicts: Map<string, string>): Line {
  const taps = all.filter(t => t.name === name)
  const said = taps.map(t => verdicts.get(t.id) ?? 'none')
  const isApplied = (verdict: string): boolean => verdict.startsWith('applied')
  return {
    name,
    taps: taps.length,
    share: taps.length / all.length,
    applied: said.filter(isApplied).length / Math.max(taps.length, 1),
    codes: counted(said),
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const claimsOf = (taps: Tap[]): number => taps.filter(t => CLAIMS.includes(t.name)).length / Math.max(taps.length, 1)

/** Shares of acknowledged taps by intent and verdict, and where they fall below what a soak must be. */
export async function shares(server: SoakServer, ledger: Ledger): Promise<Told> {
  const all = ledger.kept
  const rows = await server.rows<{ id: string, said: string }>(
    `select mutation_id::text as id, status || coalesce('(' || code || ')', '') as said from sync.result`,
  )
  const verdicts = new Map(rows.map(r => [r.id, r.said]))
  const lines = INTENTS.map(name => lineOf(name, all, verdicts)).sort((a, b) => b.taps - a.taps)
  const claims: Told['claims'] = [claimsOf(all), claimsOf(all.slice(Math.floor(all.length * 0.8)))]
  const dry = [
    ...claims.map((share, i) =>
      share < MUST.claims ? `claims ${i === 0 ? 'in all' : 'in the last fifth'} ${percent(share)}` : '',
    ),
    ...lines.map(l => l.share < MUST.each ? `${l.name} ${percent(l.share)} of all` : ''),
    ...lines.map(l => l.taps > 0 && l.applied < MUST.applied ? `${l.name} ${percent(l.applied)} applied` : ''),
  ]
  return { lines, claims, dry: dry.filter(text => text !== '') }
}

/** Prints them. */
export function tellShares({ lines, claims, dry }: Told): void {
  console.log(`claims        ${percent(claims[0])} of all taps, ${percent(claims[1])} of the last fifth`)
  for (const { name, taps, share, applied, codes } of lines) {
    console.log(
      `  ${name.padEnd(24)}${String(taps).padStart(6)}  ${percent(share).padStart(6)}  ${
        percent(applied).padStart(7)
      } applied  ${codes.slice(0, 5).map(([code, n]) => `${code} ${n}`).join(', ')}`,
    )
  }
  console.log(`dry           ${dry.length}${dry.length > 0 ? `  ${dry.join('; ')}` : ''}`)
}
