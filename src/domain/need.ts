import type { Span } from './span.ts'
import type { Instant } from './time.ts'
import { ms } from './time.ts'

/**
 * What may wait for a person: own = requests and places to answer; callout_gap, gap = empty places; to_pick = freed
 * places whose community picks; cover_… = 顶班; doubt = not confirmed close to the start; absent = 未到岗 to look into;
 * away = on leave and on duty; undecided = a call-out whose mode ended; help = people another community asks for;
 * reports = 报到; leaders, seats, terms = organisations and councils.
 */
export type NeedKind = 'own' | 'callout_gap' | 'gap' | 'to_pick' | 'cover_claimed' | 'cover_open' | 'doubt' | 'absent'
  | 'away' | 'undecided' | 'help' | 'reports' | 'leaders' | 'seats' | 'terms'

/** Something that waits for a person, with the facts its words are made of and the one page where it is done. */
export interface Need {
  key: string, kind: NeedKind
  /** how many people, places, reports or chairs it is about */
  n: number
  /** names of the people or organisations that it is about, in order */
  names: string[]
  /** '梧桐苑 6栋'; '' = nowhere in particular */
  place: string
  post: string
  span: Span | null
  /** by when, ISO; null = since now */
  by: string | null
  /** from when on it waits, ISO: what share of the time is gone is told from it */
  since: string
  /** a tap of this phone about it waits for the server */
  pending: boolean
  to: { name: string, query: Record<string, string> }
}

/** The facts of a need that is about no place and nobody by name. */
export const NOWHERE: Pick<Need, 'names' | 'place' | 'post' | 'span' | 'pending'> = {
  names: [], place: '', post: '', span: null, pending: false,
}

/** The share of the time that is gone, 0 to 1; 1 from the deadline on. */
export function timeUsed({ since, by }: Pick<Need, 'since' | 'by'>, now: Instant): number {
  if (by === null || ms(by) <= ms(now)) return 1
  const whole = ms(by) - ms(since)
  return whole <= 0 ? 0 : Math.min(1, Math.max(0, (ms(now) - ms(since)) / whole))
}

/** In the order of acting: what a call-out lacks, then by the time by which it has to be done. */
export function inOrder(needs: readonly Need[]): Need[] {
  const first = (need: Need): number => need.kind === 'callout_gap' || need.kind === 'undecided' ? 0 : 1
  const at = (need: Need): number => need.by === null ? 0 : ms(need.by)
  return [...needs].sort((a, b) => first(a) - first(b) || at(a) - at(b) || (a.key < b.key ? -1 : 1))
}
