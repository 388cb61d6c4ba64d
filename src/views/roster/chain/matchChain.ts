import type { MatrixShift } from '#components/roster/matrix.ts'
import type { Clues } from '#io/chain.ts'
import { dayPart } from '#components/roster/useCellNames.ts'
import { DAY, dayKey, hhmm, ms, shanghai } from '#domain/time.ts'
import { bringsMore, firstName, isRefusal, readChain, readClues } from '#io/chain.ts'
import { namesWord, peopleNamed } from '#io/meant.ts'

/** A shift that an entry may mean, with where it is and the code of the text that was copied into the group. */
export interface ChainShift { shift: MatrixShift, place: string, post_name: string, code: string }
export interface ChainPerson { id: string, name: string, display_name: string | null }
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
  const { head, lines } = readChain(pasted)
  const above = head === '' ? [...shifts] : narrow(head, shifts, now)
  return lines.flatMap(({ n, text }) => {
    const named = peopleNamed(text, people)
    const saysItself = saysWhen(text) || shifts.some(s => saysWhere(text, s))
    const among = saysItself ? narrow(text, shifts, now) : above
    const shift = among.length === 1 ? among[0]! : null
    const common: ChainDoubt[] = [
      ...isRefusal(text) ? ['refuses' as const] : [],
      ...bringsMore(text) ? ['brings_more' as const] : [],
      ...shift === null ? [among.length > 1 ? 'many_shifts' as const : 'no_shift' as const] : [],
      ...shift !== null && readClues(saysItself ? text : head).codes.length === 0 ? ['by_words' as const] : [],
    ]
    const claim = { n, text, shift, shifts: among.length > 0 ? among : [...shifts] }
    if (named.length === 0) {
      const name = firstName(text)
      return [{ ...claim, key: `${n}`, name, person: null, people: [], doubts: ['no_person' as const, ...common] }]
    }
    return named.map((same, i) => ({
      ...claim, key: `${n}.${i}`, name: same[0]!.name, person: same.length === 1 ? same[0]! : null, people: same,
      doubts: [...same.length > 1 ? ['twins' as const] : [], ...common],
    }))
  })
}

/** Does a text say when? */
function saysWhen(text: string): boolean {
  const { codes, day, weekday, ahead, from, part } = readClues(text)
  return codes.length > 0 || [day, weekday, ahead, from, part].some(clue => clue !== null)
}

/** Words of a place that tell it from others: 梧桐苑, 1栋, 单元门岗. */
const wordsOf = ({ place, post_name }: ChainShift): string[] => [...place.split(' '), post_name].filter(Boolean)

/** Does a text name the place or the post of a shift? */
function saysWhere(text: string, shift: ChainShift): boolean {
  return wordsOf(shift).some(word => namesWord(text, word))
}

/** The shifts that fit everything a text says; none if it names a code of none of them. */
function narrow(text: string, shifts: readonly ChainShift[], now: number): ChainShift[] {
  const clues = readClues(text)
  const coded = shifts.filter(s => clues.codes.includes(s.code))
  if (coded.length > 0) return coded
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
    // 晚上8点 is twenty, 晚上12点 and twenty-four are midnight
    return said % 24 === hour || (said <= 12 && (said + 12) % 24 === hour && clues.part !== 'morning')
  }
  const part = dayPart(hhmm(shift.starts_at))
  const parts = clues.part === null || clues.from !== null || part === clues.part
    || (clues.part === 'evening' && part === 'night' && starts.hour >= 17)
  return parts
    && (clues.month === null || clues.month === starts.month)
    && (clues.day === null || clues.day === starts.day)
    && (clues.weekday === null || clues.weekday === starts.weekday)
    && (clues.ahead === null || dayKey(now + clues.ahead * DAY) === dayKey(ms(shift.starts_at)))
    && isHour(clues.from, shift.starts_at) && isHour(clues.to, shift.ends_at)
}
