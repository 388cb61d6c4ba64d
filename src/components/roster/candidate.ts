import type { Findable } from './findPeople.ts'

/** A person the picker offers. Hours are shown neutral, never sorted by. */
export interface Candidate extends Findable {
  id: string
  /** hours on duty this month, published and drafted */
  hours: number
  /** why this person cannot be put here, in words; null = can */
  blocked: string | null
  /** what a coordinator should know before putting the person here (R17) */
  soft: string | null
  /** a soft rest rule stands against it: on a published shift a reason is asked for */
  tired: boolean
}
