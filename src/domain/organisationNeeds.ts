import type { Need, NeedKind } from './need.ts'
import type { PartyOrg, ReportLead, Seat } from './organisationRows.ts'
import { councilOf } from './council.ts'
import { NOWHERE } from './need.ts'
import { STREET_SEES, vacancyOf, vacantDays } from './partyTree.ts'
import { answerBy } from './reportDays.ts'
import { atShanghai, DAY, dayKey, iso, ms, shanghai, startOfWeek } from './time.ts'

/** What the needs of organisations are told from, of one node: what its desk keeps, and its reports. */
export interface OrganisationInput {
  now: number
  node: string
  reports: readonly ReportLead[]
  orgs: readonly PartyOrg[]
  seats: readonly Seat[]
}

/** How many names a line of several says. */
const NAMED = 3
/** From how many days before its end on a term is a need. */
const TERM_ENDS = 30

/** A seat as a line names it: by its unit, else by what it is called. */
const seatName = ({ seat }: { seat: Seat }): string => seat.unit_name ?? seat.title ?? seat.name ?? ''

type Times = Pick<Need, 'by' | 'since'>
function one(kind: NeedKind, page: string, n: number, names: readonly string[], times: Times): Need {
  return { ...NOWHERE, key: kind, kind, n, names: names.slice(0, NAMED), to: { name: page, query: {} }, ...times }
}

/** Reports (报到) that wait, all in one line: by the time by which the oldest is to be answered (R25). */
function reportNeeds({ reports, node }: OrganisationInput): Need[] {
  const waiting = reports.filter(r => r.community_id === node && r.state === 'requested')
    .sort((a, b) => ms(a.at) - ms(b.at))
  const [oldest] = waiting
  if (!oldest) return []
  // of a unit that reports in as a whole the name is its contact's
  const names = waiting.map(r => (r.unit_kind ? r.unit : r.name) ?? r.unit ?? r.number)
  return [one('reports', 'reports', waiting.length, names, { by: answerBy(oldest.at), since: oldest.at })]
}

/**
 * What stands empty, on Mondays only: organisations that nobody has led for 30 days, and chairs of the council. Nobody
 * can fill them today, and a line that stands there every day is read no more.
 */
function weeklyNeeds({ orgs, seats, node, now }: OrganisationInput): Need[] {
  if (shanghai(now).weekday !== 1) return []
  const today = dayKey(now)
  const week = { by: iso(startOfWeek(now) + 7 * DAY), since: iso(startOfWeek(now)) }
  const leaderless = orgs.filter((o) => {
    const since = vacancyOf(o)?.since
    return o.keeper_id === node && since !== undefined && since !== null && vacantDays(since, today) >= STREET_SEES
  })
  const empty = councilOf(seats.filter(s => s.council_id === node), today).seats.filter(l => l.empty !== null)
  return [
    ...leaderless.length ? [one('leaders', 'organisations', leaderless.length, leaderless.map(o => o.name), week)] : [],
    ...empty.length ? [one('seats', 'council', empty.length, empty.map(seatName), week)] : [],
  ]
}

/** Terms of seats that end soon, all in one line: by the end of the first. */
function termNeeds({ seats, node, now }: OrganisationInput): Need[] {
  const council = councilOf(seats.filter(s => s.council_id === node), dayKey(now))
  const ending = council.ending.filter(line => line.ends_in! <= TERM_ENDS)
  const until = ending[0]?.seat.until_on
  if (!until) return []
  const end = atShanghai(until) + DAY
  const times = { by: iso(end), since: iso(end - TERM_ENDS * DAY) }
  return [one('terms', 'council', ending.length, ending.map(seatName), times)]
}

/** What organisations ask of who keeps them, in no order. */
export function organisationNeeds(input: OrganisationInput): Need[] {
  return [...reportNeeds(input), ...weeklyNeeds(input), ...termNeeds(input)]
}
