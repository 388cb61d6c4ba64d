import type { MaybePending } from './assignment.ts'
import type { Need, NeedKind } from './need.ts'
import type { OrgTree } from './orgTree.ts'
import type { Absence } from './personTimes.ts'
import type { Assignment, Callout, CoverRequest, Post, Reinforcement, Shift, WaitlistLead } from './rows.ts'
import { awayDuring } from './absence.ts'
import { isBinding } from './assignment.ts'
import { CLOSE, isInDoubt } from './close.ts'
import { apart, shiftCover } from './coverage.ts'
import { NOWHERE } from './need.ts'
import { placeLabel } from './orgTree.ts'
import { covers } from './span.ts'
import { DAY, iso, ms } from './time.ts'

/** What the needs of duty are told from, of one community. */
export interface DutyInput {
  now: number
  community: string
  tree: OrgTree
  posts: readonly Pick<Post, 'id' | 'name'>[]
  /** those that run or start within two days, and those with places to pick, however far ahead */
  shifts: readonly MaybePending<Shift>[]
  assignments: readonly MaybePending<Assignment>[]
  callouts: readonly Callout[]
  waitlist: readonly WaitlistLead[]
  absences: readonly Absence[]
  /** requests for cover that a coordinator has to look at, each with its shift */
  covers: readonly { cover: MaybePending<CoverRequest>, shift: Shift }[]
  helps: readonly MaybePending<Reinforcement>[]
  /** does the person look after this unit */
  mine: (unit: string) => boolean
}

/** A shift that runs or starts within a day. */
function isSoon(shift: Shift, now: number): boolean {
  return shift.state === 'open' && ms(shift.ends_at) > now && ms(shift.starts_at) <= now + DAY
}

/** The shifts of real duty in the part that the person looks after; a drill's gap is no gap (R35). */
export function ownShifts(input: Pick<DutyInput, 'shifts' | 'callouts' | 'mine'>): MaybePending<Shift>[] {
  return apart(input.shifts, input.callouts).real.filter(s => input.mine(s.org_unit_id))
}

/** The people on each shift. */
export function peopleBy(input: Pick<DutyInput, 'assignments'>): Map<string, MaybePending<Assignment>[]> {
  const by = new Map<string, MaybePending<Assignment>[]>()
  for (const a of input.assignments) by.set(a.shift_id, [...by.get(a.shift_id) ?? [], a])
  return by
}

type About = Pick<Need, 'n' | 'names' | 'pending'> & Partial<Pick<Need, 'by' | 'since'>>
/** A need about one shift: by its start, where it says nothing else, and since a day before. */
function ofShift(input: DutyInput, kind: NeedKind, shift: Shift, about: About): Need {
  const { starts_at, ends_at, org_unit_id: unit } = shift
  const post = input.posts.find(p => p.id === shift.post_id)?.name ?? ''
  return {
    key: `${kind} ${shift.id}`, kind, place: placeLabel(input.tree, unit), post, span: { starts_at, ends_at },
    by: starts_at, since: iso(ms(starts_at) - DAY), to: { name: 'board', query: { at: unit } }, ...about,
  }
}

const waiting = (input: DutyInput, shift: Shift): string[] => input.waitlist
  .filter(w => w.shift_id === shift.id && w.state === 'waiting')
  .sort((a, b) => a.rank - b.rank)
  .map(w => w.name)

/** Places of the next day that nobody holds, and that are kept for nobody; with who waits first. */
function gapsOf(input: DutyInput, shift: MaybePending<Shift>, people: readonly MaybePending<Assignment>[]): Need[] {
  const cover = shiftCover(shift, people, false, input.now)
  const n = cover.missing - shift.held
  if (!isSoon(shift, input.now) || n <= 0) return []
  const about = { n, names: waiting(input, shift).slice(0, 1), pending: cover.waiting > 0 }
  return [ofShift(input, shift.callout_id === null ? 'gap' : 'callout_gap', shift, about)]
}

/** Freed places that wait for the community to pick somebody; two hours before the start they go by rank. */
function picksOf(input: DutyInput, shift: MaybePending<Shift>): Need[] {
  if (shift.state !== 'open' || shift.to_pick <= 0 || ms(shift.ends_at) <= input.now) return []
  const by = iso(ms(shift.starts_at) - CLOSE)
  const about = { n: shift.to_pick, names: waiting(input, shift).slice(0, 3), by, since: iso(ms(by) - DAY) }
  return [ofShift(input, 'to_pick', shift, { ...about, pending: shift._pending !== undefined })]
}

/** People on a shift who have not confirmed it, did not come, or are away (请假). */
function peopleOf(input: DutyInput, shift: MaybePending<Shift>, people: readonly MaybePending<Assignment>[]): Need[] {
  const { now } = input
  if (!isSoon(shift, now)) return []
  const doubt = people.filter(a => isInDoubt(a, now))
  const absent = people.filter(a => a.state === 'not_arrived' && covers(shift, now))
  const away = people.filter(a => isBinding(a.state) && a.state !== 'on_post'
    && awayDuring(input.absences.filter(x => x.responder_id === a.responder_id), a) !== undefined)
  const need = (kind: NeedKind, who: typeof doubt, about: Partial<About>): Need[] => who.length === 0
    ? []
    : [ofShift(input, kind, shift, { n: who.length, names: who.map(a => a.name), pending: false, ...about })]
  return [
    ...need('doubt', doubt, { since: iso(ms(shift.starts_at) - CLOSE) }),
    ...need('absent', absent, { by: shift.ends_at, since: shift.starts_at }),
    ...need('away', away, {}),
  ]
}

/** 顶班 that a coordinator approves, or that nobody has taken although its shift is near. */
function coversOf(input: DutyInput): Need[] {
  return input.covers.map(({ cover, shift }) => {
    const isClaimed = cover.state === 'claimed'
    const names = isClaimed ? [cover.taker_name ?? '', cover.name] : [cover.name]
    const since = isClaimed ? cover.claimed_at ?? cover.asked_at : cover.asked_at
    const kind = isClaimed ? 'cover_claimed' : 'cover_open'
    const about = { n: 1, names, since, pending: cover._pending !== undefined }
    return { ...ofShift(input, kind, shift, about), key: `${kind} ${cover.id}`, to: { name: 'board', query: {} } }
  })
}

/** Call-outs whose mode ended, and people that another community asks for. */
function decisionsOf({ callouts, helps, community, now }: DutyInput): Need[] {
  const board = { name: 'board', query: {} }
  const stopped = callouts.filter(c => c.kind === 'real' && c.attention === 'undecided'
    && (c.state === 'open' || c.state === 'filled'))
  const asked = helps.filter(r => r.state === 'asked' && r.to_community_id === community && ms(r.slot_ends_at) > now)
  return [
    ...stopped.map((c): Need => ({
      ...NOWHERE, key: `undecided ${c.id}`, kind: 'undecided', n: 1, names: [c.title], by: null, since: c.opened_at,
      to: board,
    })),
    ...asked.map((r): Need => ({
      ...NOWHERE, key: `help ${r.id}`, kind: 'help', n: r.people, names: [r.from_name],
      span: { starts_at: r.slot_starts_at, ends_at: r.slot_ends_at }, by: r.slot_starts_at, since: r.asked_at,
      pending: r._pending !== undefined, to: board,
    })),
  ]
}

/** What duty asks of the person now, in no order. */
export function dutyNeeds(input: DutyInput): Need[] {
  const by = peopleBy(input)
  const ofShifts = ownShifts(input).flatMap((shift) => {
    const people = by.get(shift.id) ?? []
    return [...gapsOf(input, shift, people), ...picksOf(input, shift), ...peopleOf(input, shift, people)]
  })
  return [...ofShifts, ...coversOf(input), ...decisionsOf(input)]
}
