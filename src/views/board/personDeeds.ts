import type { StoredRow } from '#queries/live.ts'
import type { loginOf } from '#queries/people.ts'
import { covers } from '#domain/span.ts'
import { ms } from '#domain/time.ts'

/** A person on a shift, as a lead sees them; `login` undefined = not read yet. `calm` = 平时: nobody checks in. */
export interface PersonOnShift {
  person: StoredRow<'assignment'>, shift: StoredRow<'shift'>
  login: Awaited<ReturnType<typeof loginOf>> | undefined
  calm: boolean, now: number
}

/** Whether they stand there, are still to come, or did not come. In 平时 a yes counts as standing there (R15). */
export function standing({ person, shift, calm, now }: Omit<PersonOnShift, 'login'>): 'on' | 'acc' | 'vac' {
  const { state } = person
  if (state === 'on_post' || (calm && state === 'accepted' && covers(shift, now))) return 'on'
  return state === 'not_arrived' ? 'vac' : 'acc'
}

/** May a lead write down that they came? While the shift runs, where arrivals are written down at all. */
export function canCheckIn({ person, shift, calm, now }: Omit<PersonOnShift, 'login'>): boolean {
  return !calm && covers(shift, now) && ['assigned', 'accepted', 'not_arrived'].includes(person.state)
}

/** No reminder reaches a person without a login: they are called. Nothing is known of a person on no list. */
export function isSilent({ login }: Pick<PersonOnShift, 'login'>): boolean {
  return login === 'none' || login === 'invited'
}

/** May a lead remind them? They have still to confirm or to come, and a reminder about this place would arrive. */
export function canRemind(of: PersonOnShift): boolean {
  const { person, shift, login, now } = of
  return !person._pending && ms(shift.ends_at) > now && ['assigned', 'accepted'].includes(person.state)
    && standing(of) !== 'on' && login !== undefined && !isSilent(of)
}

/** May a coordinator say yes for them? They cannot confirm by themselves, and the shift is not over (R36). */
export function canConfirm({ person, shift, login, now }: Omit<PersonOnShift, 'calm'>): boolean {
  return person.state === 'assigned' && isSilent({ login }) && ms(shift.ends_at) > now
}

/** May a coordinator write down that they left? They stand there and cannot say it by themselves (R36). */
export function canLeave({ person, login }: Pick<PersonOnShift, 'person' | 'login'>): boolean {
  return person.state === 'on_post' && isSilent({ login })
}
