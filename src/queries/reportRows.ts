import type { AppDb, StoredRow } from '#db/db.ts'
import type { OrgTree } from '#domain/orgTree.ts'
import { orgTree } from '#domain/orgTree.ts'
import { DAY, ms } from '#domain/time.ts'
import { partnerRows } from './organisationRows.ts'
import { peopleRows } from './people.ts'
import { placeRows } from './placeRows.ts'

type Report = StoredRow<'report_lead'>
/** How long a report that was answered stays in sight, ms. */
const IN_SIGHT = 14 * DAY

/** The reports of a community. */
export interface ReportRows {
  /** wait for an answer, who waits longest first */
  waiting: Report[]
  /** confirmed lately, newest first */
  settled: Report[]
  /** people who left this community for another one lately, newest first */
  left: Report[]
}

/** Reads the reports of a community at `now` (ms). */
export async function reportRows(db: AppDb, community: string, now: number): Promise<ReportRows> {
  const own = await db.rows('report_lead').filter(r => r.community_id === community).toArray()
  const left = await db.rows('report_left').filter(r => r.moves_from === community).toArray()
  const lately = (r: Report): boolean => r.state === 'confirmed' && ms(r.settled_at ?? r.at) > now - IN_SIGHT
  const newest = (a: Report, b: Report): number => ms(b.settled_at ?? b.at) - ms(a.settled_at ?? a.at)
  return {
    waiting: own.filter(r => r.state === 'requested').sort((a, b) => ms(a.at) - ms(b.at)),
    settled: own.filter(lately).sort(newest),
    left: left.filter(lately).sort(newest),
  }
}

/** One report, or one of somebody who `left`; undefined when this phone does not know it. */
export async function reportRow(db: AppDb, id: string, left: boolean): Promise<Report | undefined> {
  return left ? db.rows('report_left').get(id) : db.rows('report_lead').get(id)
}

/** What the server refused when a report was to be confirmed or declined: the verdict, by the report. */
export async function reportRefusals(db: AppDb): Promise<Map<string, StoredRow<'verdict'>>> {
  const verdicts = await db.rows('verdict').toArray()
  const about = verdicts.filter(v => !v._pending && v.status === 'refused'
    && (v.name === 'confirm_report' || v.name === 'decline_report'))
  return new Map(about.map(v => [String(v.args?.report_id), v]))
}

/** What the reports of a community are compared with, and the grids they may be put into. */
export interface ReportsAround {
  tree: OrgTree
  grids: StoredRow<'org_unit'>[]
  people: StoredRow<'responder_lead'>[]
  units: StoredRow<'partner_unit'>[]
  /** every report that this phone knows, answered or not */
  reports: Report[]
  refusals: Map<string, StoredRow<'verdict'>>
}

/** Reads what lies around the reports of a community. */
export async function reportsAround(db: AppDb, community: string): Promise<ReportsAround> {
  const [places, people, units, reports, refusals] = await Promise.all([
    placeRows(db, community),
    peopleRows(db, community),
    partnerRows(db, community),
    db.rows('report_lead').filter(r => r.community_id === community).toArray(),
    reportRefusals(db),
  ])
  const grids = places.units.filter(u => u.level === 'grid')
  return { tree: orgTree(places.units), grids, people, units, reports, refusals }
}

/** One's own receipts, the newest first. */
export async function myReports(db: AppDb): Promise<StoredRow<'my_report'>[]> {
  return (await db.rows('my_report').toArray()).sort((a, b) => ms(b.at) - ms(a.at))
}
