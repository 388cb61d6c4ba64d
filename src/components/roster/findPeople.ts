import type { MonthDuty } from '#domain/monthDuty.ts'
import type { Named } from '#domain/nameMatch.ts'
import { nameMatch, plainName } from '#domain/nameMatch.ts'

/** What the picker searches in; `tail` the last four digits. */
export interface Findable extends Named { skills: readonly string[] }

/** A person the picker offers. What they have is shown neutral, never sorted by. */
export interface Candidate extends Findable {
  id: string
  /** hours on duty this month, published and drafted */
  hours: number
  /** the rest of their month; null where the screen asks for one place only */
  month: MonthDuty | null
  /** why this person cannot be put here, in words; null = can */
  blocked: string | null
  /** what a coordinator should know before putting the person here (R17) */
  soft: string | null
  /** a rest rule, an absence or their hours stand against it: on a published shift a reason is asked for */
  needs_reason: boolean
}

/** A skill weighs more than a part of the pinyin, and less than its beginning. */
const BY_SKILL = 3

/**
 * How well a person matches a typed query, higher is better; 0 = no match. Characters of the name, whole or partial
 * pinyin, initials, the last four digits of the phone, or a skill; an empty query matches everybody alike.
 */
function matchPerson(person: Findable, query: string): number {
  const named = nameMatch(person, query)
  const q = plainName(query)
  if (named >= BY_SKILL || q === '') return named
  return !/^\d+$/.test(q) && person.skills.some(s => plainName(s).includes(q)) ? BY_SKILL : named
}

/** The people who match, best first; equal matches keep the order they came in, so that nobody is ranked. */
export function findPeople<T extends Findable>(people: readonly T[], query: string): T[] {
  return people
    .map((person, i) => ({ person, i, score: matchPerson(person, query) }))
    .filter(m => m.score > 0)
    .sort((a, b) => b.score - a.score || a.i - b.i)
    .map(m => m.person)
}
