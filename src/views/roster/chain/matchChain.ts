import type { MatrixShift } from '#components/roster/matrix.ts'
import type { Clues } from '#io/chain.ts'
import { dayPart } from '#components/roster/useCellNames.ts'
import { DAY, dayKey, daysBetween, hhmm, ms, shanghai, startOfWeek } from '#domain/time.ts'
import { bringsMore, firstName, isRefusal, readChains, readClues } from '#io/chain.ts'
import { namesWord, peopleNamed } from '#io/meant.ts'

/** A shift that an entry may mean, with where it is and the code of the text that was copied into the group. */
export interface ChainShift { shift: MatrixShift, place: string, post_name: string, code: string }
export interface ChainPerson { id: string, name: string, display_name: string | null, phone_masked?: string | null }
/** Why an entry is not clear by itself. */
export type ChainDoubt = 'no_person' | 'twins' | 'no_shift' | 'many_shifts' | 'by_words' | 'brings_more' | 'refuses'
/** One yes of an entry. What is null has to be chosen; an entry that `refuses` is not taken by itself. */
export interface ChainClaim {
  key: string
  n: number
  text: string
  /** the name it begins with, where nobody of that name is listed */
  name: string
  person: ChainPerson | null
  shift: ChainShift | null
  /** what to choose from: people of the same name, shifts that fit */
  people: ChainPerson[]
  shifts: ChainShift[]
  doubts: ChainDoubt[]
}

export interface ChainInput {
  pasted: string
  people: readonly ChainPerson[]
  /** those that are still to come */
  shifts: readonly ChainShift[]
  /** ms */
  now: number
}

/** The entries of a 接龙 as claims, in their order: who comes first in the chat comes first here. */
export function matchChain({ pasted, people, shifts, now }: ChainInput): ChainClaim[] {
  return readChains(pasted).flatMap(({ head, lines }) => {
    const above = head === '' ? [...shifts] : narrow(head, shifts, now)
    const byCode = readClues(head).codes.length > 0
    return lines.flatMap(({ n, text }) => claimsOf(n, text, { people, shifts, now, above, byCode }))
  }).map((claim, i) => ({ ...claim, key: `${i}` }))
}

/** `above`: the shifts that the head of the list means, by their code or not. */
type Context = Omit<ChainInput, 'pasted'> & { above: ChainShift[], byCode: boolean }

/** What one entry says: a person on each shift whose code it writes, or each of several on the one. */
function claimsOf(n: number, text: string, { people, shifts, now, above, byCode }: Context): Omit<ChainClaim, 'key'>[] {
  const named = peopleNamed(text, people)
  const saysItself = saysWhen(text) || shifts.some(s => saysWhere(text, s))
  const among = saysItself ? narrow(text, shifts, now) : above
  const coded = saysItself ? readClues(text).codes.length > 0 : byCode
  // two people and two codes: who is to come when is not guessed
  const each = saysItself && coded && among.length > 1 && named.length === 1 ? among : [only(among)]
  return each.flatMap((shift) => {
    const doubts: ChainDoubt[] = [
      ...isRefusal(text) ? ['refuses' as const] : [],
      ...bringsMore(text) ? ['brings_more' as const] : [],
      ...shift === null ? [among.length > 1 ? 'many_shifts' as const : 'no_shift' as const] : [],
      ...shift !== null && !coded ? ['by_words' as const] : [],
    ]
    const claim = { n, text, shift, shifts: among.length > 0 ? among : [...shifts] }
    const strangers = strangersIn(text, people, shifts, named.length === 0).map((name): Omit<ChainClaim, 'key'> =>
      ({ ...claim, name, person: null, people: [], doubts: ['no_person', ...doubts] }))
    return [...named.map((same): Omit<ChainClaim, 'key'> => ({
      ...claim, name: same[0]!.name, person: same.length === 1 ? same[0]! : null, people: same,
      doubts: [...same.length > 1 ? ['twins' as const] : [], ...doubts],
    })), ...strangers]
  })
}

/** The only one of some, if it is. */
function only(among: readonly ChainShift[]): ChainShift | null {
  return among.length === 1 ? among[0]! : null
}

/** Names of a list in an entry (甲、乙和丙) that nobody here has. With `any` there is at least one: how it begins. */
function strangersIn(
  text: string, people: readonly ChainPerson[], shifts: readonly ChainShift[], any: boolean,
): string[] {
  const words = text.split(/[、&+和与及]/).map(firstName)
  const strange = words.length === 1
    ? []
    : words.filter(word => /^\p{Script=Han}{2,4}$/u.test(word)
      && peopleNamed(word, people).length === 0 && !saysWhen(word) && !isRefusal(word)
      && !shifts.some(s => wordsOf(s).some(of => of.includes(word) || word.includes(of))))
  return any && strange.length === 0 ? [firstName(text)] : strange
}

/** Does a text say when? */
function saysWhen(text: string): boolean {
  const { codes, dates, weekdays, nextWeek, ahead, from, part } = readClues(text)
  return codes.length + dates.length + weekdays.length > 0 || nextWeek || [ahead, from, part].some(c => c !== null)
}

/** Words of a place that tell it from others: 梧桐苑, 1栋, 单元门岗. */
function wordsOf({ place, post_name }: ChainShift): string[] {
  return [...place.split(' '), post_name].filter(Boolean)
}

/** Does a text name the place or the post of a shift? */
function saysWhere(text: string, shift: ChainShift): boolean {
  return wordsOf(shift).some(word => namesWord(text, word))
}

/** The shifts that fit everything a text says; none if it names a code of none of them. */
function narrow(text: string, shifts: readonly ChainShift[], now: number): ChainShift[] {
  const clues = readClues(text)
  const coded = shifts.filter(s => clues.codes.includes(s.code))
  if (clues.codes.length > 0) return coded
  const inTime = shifts.filter(s => fitsTime(s.shift, clues, now))
  const words = [...new Set(inTime.flatMap(wordsOf))].filter(word => namesWord(text, word))
  return words.reduce((left, word) => {
    const having = left.filter(s => wordsOf(s).includes(word))
    return having.length > 0 ? having : left
  }, inTime)
}

function fitsTime(shift: MatrixShift, clues: Clues, now: number): boolean {
  const starts = shanghai(shift.starts_at)
  const hourOf = (at: string): number => shanghai(at).hour + shanghai(at).minute / 60
  const isHour = (said: number | null, at: string): boolean => {
    if (said === null) return true
    const hour = hourOf(at)
    // eight o'clock may be twenty where no part of the day is said
    return said % 24 === hour || (clues.part === null && said <= 12 && (said + 12) % 24 === hour)
  }
  const part = dayPart(hhmm(shift.starts_at))
  const parts = clues.part === null || clues.from !== null || part === clues.part
    || (clues.part === 'evening' && part === 'night' && starts.hour >= 17)
  const isDate = ({ month, day }: Clues['dates'][number]): boolean =>
    day === starts.day && (month === null || month === starts.month)
  const week = daysBetween(startOfWeek(now), startOfWeek(shift.starts_at)) / 7
  return parts
    && (clues.dates.length === 0 || clues.dates.some(isDate))
    && (clues.weekdays.length === 0 || clues.weekdays.includes(starts.weekday))
    && (!clues.nextWeek || week === 1)
    && (clues.ahead === null || dayKey(now + clues.ahead * DAY) === dayKey(ms(shift.starts_at)))
    && isHour(clues.from, shift.starts_at) && isHour(clues.to, shift.ends_at)
}
