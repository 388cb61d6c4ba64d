import type { MonthDuty } from '#domain/monthDuty.ts'

/** What the picker searches in. `pinyin` is spaced or not, `initials` as stored; `tail` the last four digits. */
export interface Findable {
  name: string, pinyin: string, initials: string, tail: string | null, skills: readonly string[]
}

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

/**
 * How well a person matches a typed query, higher is better; 0 = no match. Characters of the name, whole or partial
 * pinyin, initials, the last four digits of the phone, or a skill; an empty query matches everybody alike.
 */
function matchPerson(person: Findable, query: string): number {
  const q = normal(query)
  if (!q) return 1
  if (/^\d+$/.test(q)) return person.tail?.startsWith(q) || person.tail?.endsWith(q) ? 4 : 0
  const name = normal(person.name)
  if (name === q) return 9
  if (name.startsWith(q)) return 8
  if (name.includes(q)) return 7
  const initials = normal(person.initials)
  if (initials === q) return 6
  if (initials.startsWith(q)) return 5
  const pinyin = normal(person.pinyin)
  if (pinyin.startsWith(q)) return 4
  if (person.skills.some(s => normal(s).includes(q))) return 3
  return pinyin.includes(q) || initials.includes(q) ? 2 : 0
}

/** The people who match, best first; equal matches keep the order they came in, so that nobody is ranked. */
export function findPeople<T extends Findable>(people: readonly T[], query: string): T[] {
  return people
    .map((person, i) => ({ person, i, score: matchPerson(person, query) }))
    .filter(m => m.score > 0)
    .sort((a, b) => b.score - a.score || a.i - b.i)
    .map(m => m.person)
}

function normal(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[\s'’·-]/g, '')
}
