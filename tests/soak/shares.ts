import type { MutationName } from '../../src/domain/mutations.ts'
import type { Ledger, Tap } from './ledger.ts'
import type { SoakServer } from './server.ts'
import { CLAIMS, INTENTS } from './taps.ts'

/** Least shares: claims of all taps, each intent of all taps, and applied ones of the taps of one intent. */
const MUST = { claims: 0.4, each: 0.005, applied: 0.5 }

/** One intent in numbers. codes: what the server said, most frequent first. */
interface Line { name: MutationName, taps: number, share: number, applied: number, codes: [string, number][] }
/** What was tapped and what became of it. dry: where the world gave too little to do. */
export interface Shares { lines: Line[], claims: [all: number, lastFifth: number], dry: string[] }

function countEach(said: string[]): [string, number][] {
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
    codes: countEach(said),
  }
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const claimsOf = (taps: Tap[]): number => taps.filter(t => CLAIMS.includes(t.name)).length / Math.max(taps.length, 1)

/** Shares of acknowledged taps by intent and verdict, and where they fall below the least ones. */
export async function countShares(server: SoakServer, ledger: Ledger): Promise<Shares> {
  const all = ledger.kept
  const rows = await server.rows<{ id: string, said: string }>(
    `select mutation_id::text as id, status || coalesce('(' || code || ')', '') as said from sync.result`,
  )
  const verdicts = new Map(rows.map(r => [r.id, r.said]))
  const lines = INTENTS.map(name => lineOf(name, all, verdicts)).sort((a, b) => b.taps - a.taps)
  const claims: Shares['claims'] = [claimsOf(all), claimsOf(all.slice(Math.floor(all.length * 0.8)))]
  const dry = [
    ...claims.map((share, i) =>
      share < MUST.claims ? `claims ${i === 0 ? 'in all' : 'in the last fifth'} ${percent(share)}` : '',
    ),
    ...lines.map(l => l.share < MUST.each ? `${l.name} ${percent(l.share)} of all` : ''),
    ...lines.map(l => l.taps > 0 && l.applied < MUST.applied ? `${l.name} ${percent(l.applied)} applied` : ''),
  ]
  return { lines, claims, dry: dry.filter(text => text !== '') }
}

/** Prints the shares, a line for each intent. */
export function printShares({ lines, claims, dry }: Shares): void {
  console.log(`claims        ${percent(claims[0])} of all taps, ${percent(claims[1])} of the last fifth`)
  for (const { name, taps, share, applied, codes } of lines) {
    const counts = `${String(taps).padStart(6)}  ${percent(share).padStart(6)}  ${percent(applied).padStart(7)} applied`
    const most = codes.slice(0, 5).map(([code, n]) => `${code} ${n}`).join(', ')
    console.log(`  ${name.padEnd(24)}${counts}  ${most}`)
  }
  console.log(`dry           ${dry.length}${dry.length > 0 ? `  ${dry.join('; ')}` : ''}`)
}
