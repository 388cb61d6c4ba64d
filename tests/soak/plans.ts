import type { MutationArgs } from '../../src/domain/mutations.ts'
import type { Hand } from './hand.ts'
import { DAY, dayKey, MINUTE } from '../../src/domain/time.ts'
import { clock } from '../clock.ts'
import { newId } from './hand.ts'

/**
 * The slots of a call-out: one that runs and the half hour after it in pieces, so near that a cover needs approval and
 * so short that one person takes several; or three hours to come by quarters. Drills come within nine hours: the ladder
 * of a far day does not climb.
 */
function slots(hand: Hand, kind: 'real' | 'drill'): { starts_at: string, ends_at: string }[] {
  const { chance } = hand
  const span = (from: number, to: number): { starts_at: string, ends_at: string } =>
    ({ starts_at: clock.stamp(from * MINUTE), ends_at: clock.stamp(to * MINUTE) })
  if (chance.happens(0.5)) return [span(-35, 6), ...[6, 9, 12, 15, 18, 21, 24, 27].map(m => span(m, m + 3))]
  const at = chance.between(2, kind === 'drill' ? 9 * 60 : 20 * 24 * 60)
  return Array.from({ length: 12 }, (_, i) => at + i * 15).map(m => span(m, m + 15))
}

/** True when more than two of five are drills: real ones bring modes, drills count for nobody's rest. */
export function hasManyDrills(open: readonly { kind: string }[]): boolean {
  return open.filter(c => c.kind === 'drill').length * 5 > open.length * 2
}

/** A call-out. It is real only under an open mode, so that modes are opened by their own intent. */
export function raise(
  hand: Hand,
  open: readonly { kind: string }[],
  hasMode: boolean,
): MutationArgs['open_callout'] {
  const { ground } = hand.account
  // sometimes real in any case: a run needs some whose mode ends
  const kind = hasMode && (hasManyDrills(open) || hand.chance.happens(0.2)) ? 'real' : 'drill'
  const post = { name: '单元门岗', kind: 'unit_door' as const, task: null, kit: null }
  return {
    callout_id: newId(),
    community_id: ground.community,
    kind,
    title: '红色防线',
    ground: '寒潮',
    document_no: '2号',
    mode_id: newId(),
    mode_hours: 4,
    org_unit_ids: ground.buildings,
    post,
    capacity: hand.chance.of([1, 2, 2, 6]),
    slots: slots(hand, kind),
    offer_min: 6,
  }
}

/** A draft roster of two half hours on two days, some day of the coming weeks; now and then in the place of a draft. */
export async function draft(hand: Hand): Promise<MutationArgs['draft_shifts']> {
  const { ground } = hand.account
  const drafts = (await hand.tab.db.rows('shift').toArray()).filter(s =>
    s.state === 'draft' && s.community_id === ground.community && !('_pending' in s),
  )
  const gone = hand.chance.happens(0.3) ? hand.any(drafts) : null
  const day = clock.now() + (2 + hand.chance.below(40)) * DAY
  const shifts = [0, 1].map(i => ({
    id: newId(),
    post_id: ground.post,
    starts_at: new Date(day + i * DAY).toISOString(),
    ends_at: new Date(day + i * DAY + 30 * MINUTE).toISOString(),
    capacity: 2,
  }))
  return {
    roster_id: newId(),
    community_id: ground.community,
    name: '周',
    starts_on: dayKey(day - DAY),
    ends_on: dayKey(day + 2 * DAY),
    shifts,
    drop: gone ? [gone.id] : [],
  }
}
