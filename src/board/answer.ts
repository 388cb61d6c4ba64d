import type { ResponderKind } from '#domain/rows.ts'

export interface BoardPerson { name: string | null, role: ResponderKind | null, post: string }
/** What `duty_board` answers (docs/protocol.md). */
export interface BoardAnswer {
  now: string, found: boolean, building: string | null, estate: string | null, grid: string | null, community: string | null, street: string | null
  duty_line: string | null, mode: { ground: string, opened_by_name: string, expires_at: string } | null, demo: boolean
  now_on: (BoardPerson & { until: string })[], vacant: boolean
  next: { starts_at: string, ends_at: string, people: BoardPerson[] } | null, helps: string[]
}

/** True for data of this shape; guards against a captive portal or an older cache. */
export function isBoardAnswer(value: unknown): value is BoardAnswer {
  if (typeof value !== 'object' || value === null) return false
  const v = value as Partial<BoardAnswer>
  return typeof v.now === 'string' && !Number.isNaN(Date.parse(v.now)) && typeof v.found === 'boolean' && Array.isArray(v.now_on) && Array.isArray(v.helps)
}

/** A kept answer whose people are no longer to be shown: the building and the numbers stay (nothing beyond 24 h). */
export function withoutPeople(answer: BoardAnswer): BoardAnswer {
  return { ...answer, now_on: [], next: null, helps: [], mode: null, vacant: true }
}

/** The door code of a path such as /b/abcd-efgh12: Crockford base32, look-alikes folded; '' when there is none. */
export function doorCode(path: string): string {
  const raw = /^\/b\/([^/?#]*)/.exec(path)?.[1] ?? ''
  return raw.replace(/%20|[\s-]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1').replace(/[^0-9A-Z]/g, '')
}
