import type { CalloutKind, OrgLevel } from './words.ts'

/** A number, and its median and 90th percentile in minutes; null while there is none. */
export interface Spread { n: number, p50: number | null, p90: number | null }
/** A count of people; null = fewer than five, or telling such a count, not shown to who leads nobody there (R34). */
export type Few = number | null

/** The after-action report of one call-out, as `api.callout_report` answers it: counts, minutes and hours, no names. */
export interface Report {
  id: string, title: string, kind: CalloutKind, community_name: string, ground: string | null
  document_no: string | null, opened_at: string, stood_down_at: string | null
  places: number
  /** minutes from the first request to the first yes; null: nobody said yes */
  first_accept: number | null
  fill: Spread
  /** from a shift's start, or the yes if later, to the arrival */
  on_post: Spread
  empty_minutes: number
  gaps: { n: number, minutes: number }
  over_limit_hours: number
  people: { asked: Few, accepted: Few, declined: Few, silent: Few, thanked: Few, not_arrived: Few }
  rungs: { level: OrgLevel, opened: number, forced: number, skipped: number }[]
}

/**
 * What a call-out is for, and the document behind it, as they stand below its title: most are called by their ground,
 * which is then not said again.
 */
export function basisOf(callout: { title: string, ground: string | null, document_no: string | null }): string[] {
  const { title, ground, document_no } = callout
  const own = ground?.trim() === title.trim() ? null : ground
  return [own, document_no].flatMap(text => text || [])
}

type FigureKey = 'places' | 'first_accept' | 'fill' | 'on_post' | 'empty_minutes' | 'gaps' | 'over_limit_hours'
  | keyof Report['people']
/** One line of the printed table: the same figure of both call-outs. */
export interface FigureLine {
  /** one of the parts that add up to the people asked */
  part?: boolean
  key: FigureKey, unit: 'minutes' | 'hours' | 'spread' | 'gaps' | 'count' | 'people', here: FigureValue
  there: FigureValue
}
/** 'withheld': five or more, but it would tell the one part that is hidden */
export type FigureValue = number | null | 'withheld' | Spread | Report['gaps'] | undefined

/** What each person who was asked came to; the four add up to `asked`. */
const PARTS = ['accepted', 'declined', 'silent', 'thanked'] as const satisfies readonly (keyof Report['people'])[]

/**
 * The people asked. A null among fewer than five says that; the server also leaves it out where it would tell a hidden
 * part, and then the parts that are shown are people, so that there are five or more. SQL: private.report_people.
 */
function askedOf({ people }: Report): FigureValue {
  const shown = PARTS.reduce((sum, key) => sum + (people[key] ?? 0), 0)
  return people.asked ?? (shown > 0 ? 'withheld' : null)
}

/** The lines of a report in their fixed order; `there` is undefined without a call-out to compare with. */
export function figureLines(report: Report, compare: Report | null): FigureLine[] {
  const line = (key: FigureKey, unit: FigureLine['unit'], pick: (r: Report) => FigureValue): FigureLine =>
    ({ key, unit, here: pick(report), there: compare ? pick(compare) : undefined })
  const of = (key: keyof Report['people']): FigureLine => line(key, 'people', r => r.people[key])
  return [
    line('asked', 'people', askedOf),
    ...PARTS.map(key => ({ ...of(key), part: true })),
    line('places', 'count', r => r.places),
    line('first_accept', 'minutes', r => r.first_accept),
    line('fill', 'spread', r => r.fill),
    line('on_post', 'spread', r => r.on_post),
    line('empty_minutes', 'minutes', r => r.empty_minutes),
    line('gaps', 'gaps', r => r.gaps),
    line('over_limit_hours', 'hours', r => r.over_limit_hours),
    of('not_arrived'),
  ]
}
