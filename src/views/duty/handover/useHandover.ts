import type { HandoverNote } from '#domain/rows.ts'
import { useIntent } from '../../shell/useIntent.ts'
import { withoutNumbers } from '../leaveGate.ts'

/** A note as it leaves this phone: trimmed, without anything that could be a phone number. */
export function plainNote({ done, todo, supplies, risks }: HandoverNote): HandoverNote {
  return { done: withoutNumbers(done), todo: withoutNumbers(todo), supplies: withoutNumbers(supplies), risks: withoutNumbers(risks) }
}

/** The intents of a handover; each answers whether it was kept on this phone. */
export function useHandover() {
  const { send, id, at } = useIntent()
  /** Gives the post over, to a relief this phone has seen or to whoever comes. */
  const give = async (assignment_id: string, note: HandoverNote, to_assignment_id: string | null): Promise<boolean> =>
    await send('give_handover', { assignment_id, at: at(), to_assignment_id, note: plainNote(note) }) !== null
  /** Takes the post over from an assignment. */
  const take = async (assignment_id: string, from_assignment_id: string, note: HandoverNote | null): Promise<boolean> =>
    await send('take_handover', { assignment_id, from_assignment_id, at: at(), note: note && plainNote(note) }) !== null
  /** Lets a present person stand in at this minute, by the code their phone shows. */
  const swap = async (assignment_id: string, responder_id: string, code: string): Promise<boolean> =>
    await send('take_over', { assignment_id, new_assignment_id: id(), responder_id, at: at(), code }) !== null
  return { give, take, swap }
}
