import type { PlanInput } from './planInput.ts'
import type { Askable } from './planOrder.ts'
import type { Tier, Wave } from './waves.ts'
import { CONFIDENCE, tierRate, TIERS, waveOf } from './waves.ts'

/** One tier of the first slot: who could be asked, who is, and how likely one says yes. */
export interface TierPlan { tier: Tier, people: number, asked: number, rate: number }

/** One tier while the ladder is climbed. */
interface Row { tier: Tier, people: number, asked: number, rate: number }

const rateOf = (input: PlanInput, tier: Tier): number => tierRate(input.records[tier] ?? { asked: 0, accepted: 0 })

function wave(rows: readonly Row[], row: Row, need: number, left: number): Wave {
  const expected = rows.filter(r => r !== row).reduce((sum, r) => sum + r.asked * r.rate, 0)
  return waveOf({ need, expected, rate: row.rate, pending: row.asked, left })
}

/** Is the need as good as met by whoever is asked? One tier for which that holds is enough, given what the others may still answer. */
const willDo = (rows: readonly Row[], open: readonly Row[], need: number): boolean =>
  open.some(row => wave(rows, row, need, 0).chance >= CONFIDENCE)

/** Asks the opened tiers once, in order; answers whether that makes it 0.90. */
function ask(rows: readonly Row[], tiers: readonly Tier[], need: number, everyone: boolean): boolean {
  const open = rows.filter(r => tiers.includes(r.tier))
  for (const row of open) {
    if (willDo(rows, open, need)) return true
    const more = wave(rows, row, need, row.people - row.asked).ask
    row.asked += everyone && more > 0 ? row.people - row.asked : more
  }
  return willDo(rows, open, need)
}

/**
 * The first minute of a call-out's slot: rung after rung is opened as long as those before it are spent and fall short (R5, R10).
 * @param kept who can be asked, in order
 * @param need places of the slot
 */
export function firstMinute(
  kept: readonly Askable[],
  need: number,
  input: PlanInput,
): { asked: Askable[], tiers: TierPlan[], beyond: boolean } {
  const rows = TIERS.map(tier => ({
    tier,
    people: kept.filter(k => k.tier === tier).length,
    asked: 0,
    rate: rateOf(input, tier),
  }))
  const steps = input.policy.steps
  let beyond = false
  for (let position = 1; position <= steps.length; position++) {
    const later = steps.slice(position).flatMap(s => s.tiers)
    if (steps[position - 1]!.tiers.includes('street')) {
      beyond = true
      break
    }
    if (ask(rows, steps.slice(0, position).flatMap(s => s.tiers), need, input.policy.pace === 'everyone')) break
    const pending = rows.some(r => r.asked > 0)
    if (pending && !rows.some(r => later.includes(r.tier) && r.people > 0) && !later.includes('street')) break
  }
  const asked = rows.flatMap(r => kept.filter(k => k.tier === r.tier).slice(0, r.asked))
  return { asked, beyond, tiers: rows.filter(r => r.tier !== 'street' && steps.some(s => s.tiers.includes(r.tier))) }
}
