import type { MutationArgs } from '../../src/domain/mutations.ts'
import type { Hand } from './hand.ts'
import { DAY, dayKey, HOUR, iso, MINUTE } from '../../src/domain/time.ts'
import { clock } from '../clock.ts'
import { clear, newId } from './hand.ts'

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
    capacity: hand.chance.of([1, 3, 6, 6]),
    slots: slots(hand, kind),
    offer_min: 6,
  }
}

/**
 * A draft roster of two half hours a day on two days of the coming weeks; now and then in the place of a draft. Each
 * shift has one place, so that it soon is full and people wait for it.
 */
export async function draft(hand: Hand): Promise<MutationArgs['draft_shifts']> {
  const { ground } = hand.account
  const all = await hand.tab.db.rows('shift').toArray()
  const drafts = all.filter(s =>
    s.state === 'draft' && s.community_id === ground.community && !('_pending' in s),
  )
  const gone = hand.chance.happens(0.3) ? hand.any(drafts) : null
  const known = all.filter(s => s.post_id === ground.post)
  const spans = (day: number) => [0, DAY].flatMap(at => [0, 90].map(m => ({
    starts_at: iso(day + at + m * MINUTE), ends_at: iso(day + at + (m + 30) * MINUTE),
  })))
  // at an hour when the post has no shift yet: a later draft in the same day goes beside the earlier one
  const days = Array.from({ length: 12 }, () => clock.now() + (2 + hand.chance.below(40)) * DAY
    + hand.chance.below(8) * 3 * HOUR)
  const day = days.find(d => spans(d).every(span => clear(span, known))) ?? days[0]!
  const shifts = spans(day).map(span => ({ id: newId(), post_id: ground.post, ...span, capacity: 1 }))
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
