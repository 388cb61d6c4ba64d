import type { MutationArgs } from '#domain/mutations.ts'
import type { Relief } from '#domain/relief.ts'
import type { HandoverNote } from '#domain/rows.ts'
import { stripNumbers } from '#domain/stripNumbers.ts'
import { MINUTE, ms } from '#domain/time.ts'

/** Why one may not leave yet; null = the way is open (R12). `proved` = the relief's figures were typed on this phone. */
export type GateReason = { kind: 'coming', names: string[] } | { kind: 'missing' } | null

/** Where no relief is owed the way is open; else the gate opens for a known relief, none to come, or a stand-down. */
export function gateReason(relief: Relief, proved: boolean, owed: boolean): GateReason {
  if (!owed || proved) return null
  switch (relief.kind) {
    case 'none':
    case 'stood_down':
    case 'known': return null
    case 'coming': return { kind: 'coming', names: relief.people.map(p => p.name) }
    case 'missing': return { kind: 'missing' }
  }
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

/** The arguments of give_handover. Relief null: this phone has seen none, and the one who comes takes over. `at` = now, ISO. */
export function giveOf(
  assignment_id: string,
  to_assignment_id: string | null,
  note: HandoverNote,
  at: string,
): MutationArgs['give_handover'] {
  return { assignment_id, at, to_assignment_id, note: plainNote(note) }
}
