import type { MutationArgs } from '#domain/mutations.ts'
import type { Relief } from '#domain/relief.ts'
import type { HandoverNote } from '#domain/rows.ts'
import { stripNumbers } from '#domain/stripNumbers.ts'
import { MINUTE, ms } from '#domain/time.ts'

/** Why one may not leave yet (R12): somebody is still on the way, or nobody has the next shift. */
export type GateReason = { kind: 'coming', names: string[] } | { kind: 'missing' }

/** What a person on post may open: the stand-in, leaving without a relief, a call to the relief, a call for help. */
export type GateAsk = 'swap' | 'leave' | 'call' | 'support'

/**
 * What keeps a person on post; null = the way is open. It is open where no relief is `owed`, once the relief's figures
 * were typed on this phone (`proved`), for a known relief, with none to come, and after a stand-down.
 */
export function gateReason(relief: Relief, proved: boolean, owed: boolean): GateReason | null {
  if (!owed || proved) return null
  switch (relief.kind) {
    case 'none':
    case 'stood_down':
    case 'known': return null
    case 'coming': return { kind: 'coming', names: relief.people.map(p => p.name) }
    case 'missing': return { kind: 'missing' }
  }
}

/** The people who may be the relief, as far as this phone knows. */
export function reliefPeople(relief: Relief): (Relief & { kind: 'coming' })['people'] {
  if (relief.kind === 'coming') return relief.people
  return relief.kind === 'known' ? [relief.person] : []
}

/**
 * From when somebody may stand in: before its shift begins a place has no rest to take over, and the server refuses.
 * null = now already. `now` in ms.
 */
export function swapFrom(shift: { starts_at: string }, now: number): string | null {
  return now > ms(shift.starts_at) ? null : shift.starts_at
}

/** Whole minutes since a shift ended; negative before its end. `now` in ms. */
export function minutesLate(shift: { ends_at: string }, now: number): number {
  return Math.floor((now - ms(shift.ends_at)) / MINUTE)
}

/** A reason in a person's own words, without anything that could be a phone number; at most 200 characters. */
export function withoutNumbers(text: string): string {
  return stripNumbers(text).trim().slice(0, 200)
}

/** A note as it leaves this phone: trimmed, without anything that could be a phone number. */
export function plainNote({ done, todo, supplies, risks }: HandoverNote): HandoverNote {
  return {
    done: withoutNumbers(done),
    todo: withoutNumbers(todo),
    supplies: withoutNumbers(supplies),
    risks: withoutNumbers(risks),
  }
}

/**
 * The arguments of give_handover. `to_assignment_id` null: this phone has seen no relief, and the one who comes takes
 * over. `at` = now, ISO.
 */
export function giveOf(
  assignment_id: string,
  to_assignment_id: string | null,
  note: HandoverNote,
  at: string,
): MutationArgs['give_handover'] {
  return { assignment_id, at, to_assignment_id, note: plainNote(note) }
}
