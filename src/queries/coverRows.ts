import type { AppDb, StoredRow } from '#db/db.ts'
import type { AboutPlace } from './intentAbout.ts'
import type { Against } from './ownShifts.ts'
import { isBinding } from '#domain/assignment.ts'
import { changesHands } from '#domain/cover.ts'
import { ms } from '#domain/time.ts'
import { ownAbsences } from './absenceRows.ts'
import { shiftPlace } from './intentAbout.ts'
import { meRow } from './me.ts'
import { againstTaking } from './ownShifts.ts'

type Cover = StoredRow<'cover_request'>

/**
 * What was asked about one place. `asked`: its owner's request still stands; `gone`: taken; `got`: how I have it;
 * `wishes`: colleagues who would swap for it.
 */
export interface PlaceCovers { asked: Cover | null, gone: Cover | null, got: Cover | null, wishes: CoverLine[] }

/** The requests about one place, by the id of its assignment. */
export async function coversOfPlace(db: AppDb, assignmentId: string, now: number): Promise<PlaceCovers> {
  const all = await db.rows('cover_request').toArray()
  const wished = all.filter(c => c.with_assignment_id === assignmentId && c.state !== 'taken')
  const own = all.filter(c => c.assignment_id === assignmentId)
  return {
    asked: own.find(c => c.state !== 'taken') ?? null,
    gone: [...own, ...all.filter(c => c.with_assignment_id === assignmentId)].find(c => c.state === 'taken') ?? null,
    got: all.find(c => c.taker_assignment_id === assignmentId && c.state === 'taken') ?? null,
    wishes: await withShifts(db, wished, now),
  }
}

/** Requests that still stand, by the assignment they are about. */
export async function coversAsked(db: AppDb): Promise<Map<string, Cover>> {
  const all = await db.rows('cover_request').toArray()
  return new Map(all.filter(c => c.state !== 'taken').map(c => [c.assignment_id, c]))
}

/** A request with its shift, and where that is; of a swap also where and when the place asked for in exchange is. */
export interface CoverLine { cover: Cover, shift: StoredRow<'shift'>, place: AboutPlace, back: AboutPlace | null }
/** A request that I may answer, or have. `own`: I said yes; `against`: what speaks against it. */
export type CoverAsk = CoverLine & { own: boolean, drill: boolean, against: Against }

async function withShifts(db: AppDb, covers: Cover[], now: number): Promise<CoverLine[]> {
  const lines = await Promise.all(covers.map(async (cover) => {
    const [shift, place] = await Promise.all([db.rows('shift').get(cover.shift_id), shiftPlace(db, cover.shift_id)])
    const back = await shiftPlace(db, cover.with_shift_id)
    return shift && place && shift.state === 'open' && ms(shift.starts_at) > now ? { cover, shift, place, back } : null
  }))
  return lines.filter(line => line !== null).sort((a, b) => ms(a.shift.starts_at) - ms(b.shift.starts_at))
}

/** Colleagues' requests that I may take, and those I said yes to, in the order of time; `now` ms. */
export async function coverAsks(db: AppDb, now: number): Promise<CoverAsk[]> {
  const [all, me, mine, absences] = await Promise.all([
    db.rows('cover_request').toArray(), meRow(db), db.rows('my_assignment').toArray(), ownAbsences(db),
  ])
  const who = me?.responder_id
  if (!me || !who) return []
  const isOwn = (c: Cover): boolean =>
    c.taker_id === who && c.with_assignment_id === null && (c.state === 'claimed' || c._pending !== undefined)
  const serves = new Set(mine.filter(a => isBinding(a.state) && !a._pending).map(a => a.shift_id))
  const mayTake = (c: Cover): boolean =>
    c.state === 'open' && c.with_assignment_id === null && c.responder_id !== who && !serves.has(c.shift_id)
  const lines = await withShifts(db, all.filter(c => isOwn(c) || mayTake(c)), now)
  return Promise.all(lines.map(async (line) => {
    const { shift, cover } = line
    const callout = shift.callout_id === null ? undefined : await db.rows('callout').get(shift.callout_id)
    const { id: shift_id, starts_at, ends_at } = shift
    const candidate = { shift_id, starts_at, ends_at, skill: shift.skill, callout_kind: callout?.kind ?? null }
    const against = againstTaking(mine, candidate, absences, me.skills)
    return { ...line, own: isOwn(cover), drill: callout?.kind === 'drill', against }
  }))
}

/** A request that waits for a coordinator, with why it was asked, and who asked it for somebody else. */
export type CoverCase = CoverLine & { why: StoredRow<'cover_lead'> | null }

/** Requests of a community to approve, then those that nobody has taken although their shift is near; `now` ms. */
export async function coverCases(db: AppDb, community: string, now: number): Promise<CoverCase[]> {
  const all = await db.rows('cover_request').filter(c => c.community_id === community).toArray()
  const lines = await withShifts(db, all.filter(c => c.state !== 'taken'), now)
  const isLate = ({ cover, shift }: CoverLine): boolean =>
    cover.with_assignment_id === null && !changesHands(shift, now)
  const due = lines.filter(line => line.cover.state === 'claimed' || isLate(line))
  const whys = await db.rows('cover_lead').bulkGet(due.map(({ cover }) => cover.id))
  const cases = due.map((line, i) => ({ ...line, why: whys[i] ?? null }))
  return [...cases.filter(c => c.cover.state === 'claimed'), ...cases.filter(c => c.cover.state === 'open')]
}

/** Colleagues who ask me to swap and wait for my answer, in the order of time; `now` ms. */
export async function swapWishes(db: AppDb, now: number): Promise<CoverLine[]> {
  const mine = new Set((await db.rows('my_assignment').toArray()).map(a => a.id))
  const all = await db.rows('cover_request').filter(c => mine.has(c.with_assignment_id ?? '')).toArray()
  return withShifts(db, all.filter(c => c.state === 'open'), now)
}
