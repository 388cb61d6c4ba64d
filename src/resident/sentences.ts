import type { DoorAnswer, DoorPerson } from './answer.ts'
import type { PageWords } from './words.ts'
import { publicRole, surnameMark } from '#domain/person.ts'
import { spokenNumber } from '#domain/spokenNumber.ts'
import { daysBetween, hhmm } from '#domain/time.ts'
import { dateText, endText, momentText, spanText } from '#domain/timeText.ts'

/** One person on duty as the page shows them; `mark` = the letter of the round picture. */
export interface PersonLine { mark: string, name: string, what: string, until: string }

/** How one person on duty is shown: the name only with consent, else 值守人员 and the post. */
export function personLine(
  person: DoorPerson & { until: string },
  stale: boolean,
  now: string,
  words: PageWords,
): PersonLine {
  const role = words.role[publicRole(person.role, person.name !== null)]
  const until = momentText(person.until, now, words.time)
  return {
    mark: surnameMark(person.name ?? words.person),
    name: person.name ?? words.person,
    what: [role, person.post].filter(w => w !== '').join(' · '),
    until: stale ? words.plannedUntil(until) : words.until(until),
  }
}

/** '17:00–20:00', with its day when that is not today. */
export function nextWhen(next: NonNullable<DoorAnswer['next']>, now: string, words: PageWords): string {
  const span = spanText(next, words.time)
  const days = daysBetween(now, next.starts_at)
  return days === 0 ? span : `${days === 1 ? words.time.tomorrow : dateText(next.starts_at, words.time)} ${span}`
}

/** Who comes next, one by one, each with its comma: '李老师、' '周师傅、' '值守人员 1 人'. */
export function nextPeople(people: readonly DoorPerson[], words: PageWords): string[] {
  const names = people.map(p => p.name).filter(n => n !== null)
  const rest = people.length - names.length
  const all = rest > 0 ? [...names, words.people(rest)] : names
  return all.map((name, i) => i < all.length - 1 ? name + words.between : name)
}

/** Street, community and grid over the plaque's name. */
export function whereLine(answer: DoorAnswer): string {
  return [[answer.street, answer.community].filter(Boolean).join(' '), answer.grid].filter(Boolean).join(' · ')
}

/** The mode line that everybody sees (R15). */
export function modeLine(answer: DoorAnswer, words: PageWords): string {
  const { mode } = answer
  if (!mode) return words.modeCalm
  const until = `${dateText(mode.expires_at, words.time)} ${hhmm(mode.expires_at)}`
  return words.modeOpen(mode.ground, mode.opened_by_name, until)
}

/** The title of the card: who is on, or that nobody is. A stale answer names its time. */
export function nowTitle(answer: DoorAnswer, stale: boolean, words: PageWords): string {
  const at = hhmm(answer.now)
  if (answer.now_on.length === 0) return stale ? words.vacantAt(at) : words.vacant
  return stale ? words.nowAt(at) : words.now
}

/** The page as sentences to read aloud. */
export function readAloud(answer: DoorAnswer, stale: boolean, words: PageWords): string {
  const { speech } = words
  const sentences = [answer.building ?? '', nowTitle(answer, stale, words)]
  for (const person of answer.now_on) {
    const { name, what, until } = personLine(person, stale, answer.now, words)
    sentences.push([name, what, until].join(speech.at))
  }
  if (answer.next) {
    const { starts_at, people } = answer.next
    const span = speech.from(momentText(starts_at, answer.now, words.time), endText(answer.next, words.time))
    const names = nextPeople(people, words).join('')
    sentences.push([stale ? words.plannedNext : words.next, span, names].join(speech.at))
  }
  if (answer.duty_line) sentences.push(speech.line(spokenNumber(answer.duty_line, words.extension)))
  return sentences.join(speech.end)
}
