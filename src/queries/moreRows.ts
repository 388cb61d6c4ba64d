import type { AppDb, StoredRow } from '#db/db.ts'
import { isLive, vacancyOf } from '#domain/partyTree.ts'
import { callRows } from './callRows.ts'
import { meRow } from './me.ts'
import { messagesNeedingMe } from './messageRows.ts'
import { organisationRows } from './organisationRows.ts'
import { futureShifts } from './ownShifts.ts'
import { peopleRows } from './people.ts'
import { waitingReports } from './waitingReports.ts'

/** The one fact that each row of 更多 says; `shift` = the person's next. */
export interface MoreFacts {
  shift: StoredRow<'my_assignment'> | null
  /** call-outs that run, and people to ring */
  callouts: number
  calls: number
  units: number
  seats: { all: number, empty: number }
  people: number
  reports: number
  organisations: { all: number, leaderless: number }
  messages: number
  /** the names of the units whose liaison the person is */
  own: string[]
}

/** Reads the facts of 更多: of the chosen community, and of the node whose organisations the person keeps. */
export async function moreFacts(
  db: AppDb, community: string | null, keeper: string | null, now: number,
): Promise<MoreFacts> {
  const runs = (c: StoredRow<'callout'>): boolean =>
    c.community_id === community && (c.state === 'open' || c.state === 'filled')
  const [shifts, callouts, calls, desk, seats, people, reports, messages, me] = await Promise.all([
    futureShifts(db, now),
    db.rows('callout').filter(runs).count(),
    community === null ? null : callRows(db, community, null),
    keeper === null ? null : organisationRows(db, keeper),
    db.rows('seat').filter(s => s.council_id === keeper).toArray(),
    community === null ? [] : peopleRows(db, community),
    community === null ? 0 : waitingReports(db, community),
    messagesNeedingMe(db, now),
    meRow(db),
  ])
  const orgs = desk?.orgs.filter(isLive) ?? []
  return {
    shift: shifts[0] ?? null,
    callouts,
    calls: calls?.rows.length ?? 0,
    units: desk?.partners.filter(u => u.state === 'active').length ?? 0,
    seats: { all: seats.length, empty: seats.filter(s => s.state === 'ended').length },
    people: people.filter(p => p.state !== 'closed').length,
    reports,
    organisations: { all: orgs.length, leaderless: orgs.filter(o => vacancyOf(o) !== null).length },
    messages,
    own: (me?.units ?? []).map(u => u.name),
  }
}
