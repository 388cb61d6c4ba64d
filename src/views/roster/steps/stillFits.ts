import type { MutationArgs } from '#domain/mutations.ts'
import type { Standing } from '#queries/standing.ts'
import type { DraftMove, KeptMove, KeptSpanMove, LineMove } from './moves.ts'
import { isBinding } from '#domain/assignment.ts'
import { coveredShifts } from '#domain/postCover.ts'
import { ms } from '#domain/time.ts'
import { shiftsOf } from './moves.ts'

type DraftShift = MutationArgs['draft_shifts']['shifts'][number]
/** Why a shift stays as it is: its people have been asked, or somebody has changed it. */
type Why = 'published' | 'changed'
/** How many shifts stay as they are, by the reason. */
export type Left = Record<Why, number>
export interface Fitting { moves: KeptMove[], left: Left }

/**
 * Which moves of a step can be made as they were meant. A shift that was published or changed since stays as it is,
 * with everybody on it, so that nobody's work is undone unseen.
 */
export function stillFits(moves: readonly KeptMove[], now: Standing): Fitting {
  const left = new Map<string, Why>()
  const mark = (id: string, why: Why | null): void => {
    if (why !== null) left.set(id, why)
  }
  const drafts = moves.filter(m => m.kind === 'draft')
  const lines = moves.filter((m): m is LineMove => m.kind === 'assign' || m.kind === 'unassign')
  for (const shift of drafts.flatMap(m => m.drop)) mark(shift.id, againstDrop(shift, lines, now))
  const gone = new Set(drafts.flatMap(m => m.drop).map(s => s.id).filter(id => !left.has(id)))
  for (const draft of drafts) againstAdd(draft, gone, now).forEach((why, id) => mark(id, why))
  const own = new Set(drafts.flatMap(m => [...m.add, ...m.drop]).map(s => s.id))
  for (const [id, there] of byShift(lines)) {
    if (!own.has(id)) mark(id, againstLines(there, now))
  }
  for (const move of moves.filter(m => m.kind === 'move')) mark(move.shift_id, againstMove(move, now))
  const whys = [...left.values()]
  const count = (why: Why): number => whys.filter(w => w === why).length
  const fit = moves.flatMap(move => without(move, left))
  return { moves: fit, left: { published: count('published'), changed: count('changed') } }
}

/** A move without the shifts that stay; nothing where all of them do. */
function without(move: KeptMove, left: ReadonlyMap<string, Why>): KeptMove[] {
  if (move.kind !== 'draft') return shiftsOf([move]).some(id => left.has(id)) ? [] : [move]
  const stays = (shift: DraftShift): boolean => !left.has(shift.id)
  const [add, drop] = [move.add.filter(stays), move.drop.filter(stays)]
  return add.length + drop.length > 0 ? [{ ...move, add, drop }] : []
}

/** A draft goes when it is as it was made, and only the people of the step are on it. */
function againstDrop(shift: DraftShift, lines: readonly LineMove[], now: Standing): Why | null {
  const there = now.shifts.get(shift.id)
  if (there?.state === 'open') return 'published'
  if (there?.state !== 'draft' || !isSame(shift, there) || there.capacity !== shift.capacity) return 'changed'
  const known = new Set(lines.filter(m => m.line.shift_id === shift.id).map(m => m.line.responder_id))
  return now.lines.some(l => l.shift_id === shift.id && !known.has(l.responder_id)) ? 'changed' : null
}

/** A draft is made where its roster is one still, and its post has nothing else at that time. */
function againstAdd({ head, add }: DraftMove, gone: ReadonlySet<string>, now: Standing): Map<string, Why> {
  const why = new Map<string, Why>()
  const published = (now.rosters.get(head.roster_id)?.state ?? 'draft') !== 'draft'
  const covered = coveredShifts(add, now.around.filter(s => !gone.has(s.id)))
  for (const [i, shift] of add.entries()) {
    if (published) why.set(shift.id, 'published')
    else if (now.shifts.has(shift.id) || covered[i]) why.set(shift.id, 'changed')
  }
  return why
}

/** A draft is moved when it stands as it did, nobody new is on it, and its post has nothing else at the other time. */
function againstMove({ shift_id, from, to, people }: KeptSpanMove, now: Standing): Why | null {
  const shift = now.shifts.get(shift_id)
  if (shift?.state === 'open') return 'published'
  if (shift?.state !== 'draft' || !isSame(from, shift)) return 'changed'
  if (now.lines.some(l => l.shift_id === shift_id && !people.includes(l.responder_id))) return 'changed'
  const beside = now.around.filter(s => s.id !== shift_id)
  return coveredShifts([{ post_id: shift.post_id, ...to }], beside)[0] ? 'changed' : null
}

/** People change places where they stand as they did, and where there is room for those who come. */
function againstLines(moves: readonly LineMove[], now: Standing): Why | null {
  const [{ line: { shift_id }, of }] = moves as [LineMove]
  const shift = now.shifts.get(shift_id)
  if (!shift || !of) return 'changed'
  if (shift.state !== of.state) return shift.state === 'open' ? 'published' : 'changed'
  const [comes, goes] = [moves.filter(m => m.kind === 'assign'), moves.filter(m => m.kind === 'unassign')]
  if (goes.some(m => !lineOf(m.line, now.lines))) return 'changed'
  if (comes.length === 0) return null
  const leave = new Set(goes.map(m => m.line.responder_id))
  const there = now.lines.filter(l => l.shift_id === shift_id && (l.state === null || isBinding(l.state)))
  const stay = there.filter(l => !leave.has(l.responder_id))
  const isThere = comes.some(m => stay.some(l => l.responder_id === m.line.responder_id))
  const full = stay.length + shift.held + comes.length > shift.capacity
  return isThere || full || !isSame(of, shift) ? 'changed' : null
}

/** By which line somebody is on a shift who can still be taken off. */
export function lineOf({ shift_id, responder_id }: LineMove['line'], lines: Standing['lines']): string | undefined {
  const own = lines.filter(l => l.shift_id === shift_id && l.responder_id === responder_id)
  return own.find(l => l.state === null || l.state === 'assigned' || l.state === 'accepted')?.id
}

/** Whether two spans are one: the server and the phone write the same moment in two ways. */
function isSame(a: Pick<DraftShift, 'starts_at' | 'ends_at'>, b: Pick<DraftShift, 'starts_at' | 'ends_at'>): boolean {
  return ms(a.starts_at) === ms(b.starts_at) && ms(a.ends_at) === ms(b.ends_at)
}

function byShift(lines: readonly LineMove[]): Map<string, LineMove[]> {
  const shifts = new Map<string, LineMove[]>()
  for (const move of lines) shifts.set(move.line.shift_id, [...shifts.get(move.line.shift_id) ?? [], move])
  return shifts
}
