import type { Doubts, PasteRemark, PlannedAssign } from './clipboard.ts'
import type { MatrixShift } from './matrix.ts'
import { dayKey, daysBetween, ms, startOfWeek } from '#domain/time.ts'

/** People who serve together, such as those of one unit. */
export interface Team { name: string, people: readonly { id: string, name: string }[] }
/** After what the next team takes over: each shift, each day, or each week. */
export type TeamTurn = 'shift' | 'day' | 'week'
export const TEAM_TURNS: readonly TeamTurn[] = ['shift', 'day', 'week']

/** What assigning teams would do. */
export interface TeamPlan {
  assigns: PlannedAssign[]
  /** people of a team whose turn it is and who get no place at all, with why */
  left_out: PasteRemark[]
  /** people who are put on published shifts, and are told at once */
  live: { responder_id: string, name: string, shift: MatrixShift }[]
  /** places that stay empty, because nobody of the team whose turn it is can take them */
  gaps: number
}
export interface TeamInput {
  /** in the order of their turns */
  teams: readonly Team[]
  turn: TeamTurn
  /** those with places left are filled */
  shifts: readonly MatrixShift[]
  /** what stands against a person on a shift; `more` = the shifts they get here before it */
  judge: (responder_id: string, shift: MatrixShift, more: readonly MatrixShift[]) => Doubts
  /** why a person who fits gets no place: none is left */
  noPlace: string
}

interface Slot { shifts: MatrixShift[], team: Team }

/**
 * Puts teams on shifts, in turn. Each post of a slot gets its first person before any a second. Nobody is put where
 * something speaks against them, rest and nights too: a coordinator adds those one by one, by name.
 */
export function planTeams({ teams, turn, shifts, judge, noPlace }: TeamInput): TeamPlan {
  const plan: TeamPlan = { assigns: [], left_out: [], live: [], gaps: 0 }
  const given = new Map<string, MatrixShift[]>()
  const slots = slotsOf(shifts.filter(s => s.missing > 0), teams, turn)
  for (const { shifts, team } of slots) {
    const waiting = [...team.people].sort((a, b) => (given.get(a.id)?.length ?? 0) - (given.get(b.id)?.length ?? 0))
    for (const shift of placesOf(shifts)) {
      const i = waiting.findIndex((p) => {
        const { blocked, soft } = judge(p.id, shift, given.get(p.id) ?? [])
        return blocked === null && soft === null
      })
      const [person] = i < 0 ? [] : waiting.splice(i, 1)
      if (!person) {
        plan.gaps++
        continue
      }
      const line = { shift_id: shift.id, responder_id: person.id, name: person.name }
      plan.assigns.push(line)
      if (shift.state !== 'draft') plan.live.push({ responder_id: person.id, name: person.name, shift })
      given.set(person.id, [...given.get(person.id) ?? [], shift])
    }
  }
  for (const team of teams) {
    const first = slots.find(s => s.team === team)?.shifts[0]
    if (!first) continue
    for (const { id, name } of team.people.filter(p => !given.has(p.id))) {
      const { blocked, soft } = judge(id, first, [])
      plan.left_out.push({ name, shift: first, why: blocked ?? soft ?? noPlace })
    }
  }
  return plan
}

/** Shifts of the same span together, in order of time, each with the team whose turn it is. */
function slotsOf(shifts: readonly MatrixShift[], teams: readonly Team[], turn: TeamTurn): Slot[] {
  if (teams.length === 0) return []
  const spans = new Map<string, MatrixShift[]>()
  for (const shift of shifts) {
    const key = `${ms(shift.starts_at)} ${ms(shift.ends_at)}`
    spans.set(key, [...spans.get(key) ?? [], shift])
  }
  const slots = [...spans.values()].sort(([a], [b]) => ms(a!.starts_at) - ms(b!.starts_at))
  const first = slots[0]?.[0]?.starts_at ?? 0
  const ofDay = new Map<string, number>()
  return slots.map((shifts, i) => {
    const { starts_at } = shifts[0]!
    const nth = ofDay.get(dayKey(starts_at)) ?? 0
    ofDay.set(dayKey(starts_at), nth + 1)
    const weeks = Math.round(daysBetween(startOfWeek(first), startOfWeek(starts_at)) / 7)
    const turns = { shift: i, day: daysBetween(first, starts_at), week: weeks + nth }
    return { shifts, team: teams[turns[turn] % teams.length]! }
  })
}

/** The empty places of shifts at the same time: the first of each, then the second of each, and so on. */
function placesOf(shifts: readonly MatrixShift[]): MatrixShift[] {
  const most = Math.max(0, ...shifts.map(s => s.missing))
  const filledFirst = (s: MatrixShift): number => s.capacity - s.missing
  const ordered = [...shifts].sort((a, b) => filledFirst(a) - filledFirst(b))
  return Array.from({ length: most }, (_, round) => ordered.filter(s => s.missing > round)).flat()
}
