import type { OrgTree } from './orgTree.ts'
import type { PlanInput, PlanPerson, PlanTurn } from './planInput.ts'
import type { OfferWhy } from './rows.ts'
import type { Span } from './span.ts'
import type { Tier } from './waves.ts'
import { DAY, ms } from './time.ts'

/** A person who can be asked for a slot, with the tier and the reasons of the turn in it. */
export interface Askable { person: PlanPerson, tier: Exclude<Tier, 'street'>, why: OfferWhy }

/** Buildings, estates and grids around the places of a call-out. */
interface Spots { units: Set<string>, estates: Set<string>, grids: Set<string> }

function spotsOf(unitIds: readonly string[], tree: OrgTree): Spots {
  const around = (level: 'estate' | 'grid') => new Set(unitIds.flatMap(u => tree.at(u, level)?.id ?? []))
  return { units: new Set(unitIds), estates: around('estate'), grids: around('grid') }
}

/** 0 this building, 1 this estate, 2 this grid, 3 the community, 4 elsewhere. */
function nearness(home: string | null, spots: Spots, tree: OrgTree): OfferWhy['near'] {
  if (!home) return 4
  if (spots.units.has(home)) return 0
  if (spots.estates.has(tree.at(home, 'estate')?.id ?? '')) return 1
  if (spots.grids.has(tree.at(home, 'grid')?.id ?? '')) return 2
  return tree.get(home) ? 3 : 4
}

/** 本社区: who lives here or stands for no unit; 结对单位: a unit's people from elsewhere. 街道预备队 is not on this phone. */
function tierOf(person: PlanPerson, near: OfferWhy['near']): Askable['tier'] {
  if (near === 0) return 'building'
  if (near === 1) return 'estate'
  return near < 4 || person.partner_unit_name === null ? 'community' : 'unit'
}

/** Whole days of rest before the slot, 7 = a week or more; and the turns of 30 days. */
function recordOf(turns: readonly PlanTurn[], slot: Span, now: number): Pick<OfferWhy, 'rest' | 'load'> {
  const served = turns.filter(t => (t.state === 'done' || t.state === 'relieved') && ms(t.ends_at) > now - 30 * DAY)
  const last = Math.max(-Infinity, ...served.map(t => ms(t.off_post_at ?? t.ends_at)))
  return { rest: Math.min(7, Math.max(0, Math.floor((ms(slot.starts_at) - last) / DAY))), load: served.length }
}

/**
 * People in the order they are asked: within a tier by days of rest, nearness, turns in 30 days, id (R6).
 * The same order as SQL private.askables; tests/db/plan.test.ts compares the two.
 */
export function inOrder(
  people: readonly PlanPerson[],
  slot: Span,
  input: PlanInput,
  turns: ReadonlyMap<string, readonly PlanTurn[]>,
): Askable[] {
  const spots = spotsOf(input.unitIds, input.tree)
  return people
    .map((person) => {
      const near = nearness(person.home_building_id, spots, input.tree)
      return {
        person,
        tier: tierOf(person, near),
        why: { near, ...recordOf(turns.get(person.id) ?? [], slot, ms(input.now)) },
      }
    })
    .sort((a, b) =>
      b.why.rest - a.why.rest || a.why.near - b.why.near || a.why.load - b.why.load
      || (a.person.id < b.person.id ? -1 : 1),
    )
}

/** At most so many of each partner unit; answers who stays and who is over the quota. */
export function withinQuota(
  askable: readonly Askable[],
  order: readonly Tier[],
  max: number | null,
): { kept: Askable[], over: Askable[] } {
  const byTier = [...askable].sort((a, b) => order.indexOf(a.tier) - order.indexOf(b.tier))
  const taken = new Map<string, number>()
  const [kept, over]: [Askable[], Askable[]] = [[], []]
  for (const one of byTier) {
    const unit = one.person.partner_unit_name
    const n = unit === null ? 0 : (taken.get(unit) ?? 0) + 1
    if (unit !== null) taken.set(unit, n)
    if (max === null || n <= max) kept.push(one)
    else over.push(one)
  }
  return { kept, over }
}
