import type { ConsentPurpose, PartnerUnitKind, ResponderKind, Trade } from '#domain/words.ts'
import type { Phone } from './caller.ts'
import type { Ground } from './ground.ts'
import type { SentReport } from './reportAges.ts'
import { actAs } from './caller.ts'
import { placeNamed } from './ground.ts'
import { demoName, demoPhone } from './people.ts'
import { ageReports } from './reportAges.ts'
import { SCHOOL, STATION } from './units.ts'

/** The numbers of people who report in come after those of the list. */
const FIRST = 200
const COURIERS = 20
/** What they drive or deliver, over and over. */
const TRADES: Trade[] = ['rider', 'parcel', 'rider', 'ride_hailing', 'parcel', 'truck', 'rider']
const RESTS = [['14:00', '16:30'], ['13:30', '15:30'], ['09:00', '11:00'], ['21:00', '22:00']] as const

/** What a page sends of somebody; `p_fields` of api.send_report. */
interface Fields {
  name: string, phone: string, kind?: ResponderKind, trade?: Trade, rest_from?: string, rest_to?: string
  building_id?: string, address?: string, unit?: string, unit_kind?: PartnerUnitKind, people?: number
  skills?: string[], fits?: string[], consents?: ConsentPurpose[]
}

/** Sends a report by the code of a door or a wall. */
type Send = (fields: Fields, ago: number, answered: number | null) => Promise<SentReport>

/** The page behind a code; each report comes from a phone with an address of its own. */
function pageOf({ tools, random, newId }: Ground, code: string): Send {
  return async (fields, ago, answered) => {
    const id = newId()
    const token = Array.from(random.bytes(16), byte => byte.toString(16).padStart(2, '0')).join('')
    const from = `203.0.113.${1 + Number(fields.phone.slice(-3)) % 250}`
    await actAs(tools.db, null, 'send_report', { p_id: id, p_token: token, p_code: code, p_fields: fields }, from)
    return { id, ago, answered }
  }
}

/** Twenty couriers and drivers, weeks ago, by the code on the wall; every third lets the community read the name. */
async function couriers(wall: Send): Promise<SentReport[]> {
  const sent: SentReport[] = []
  for (let i = 0; i < COURIERS; i++) {
    const [rest_from, rest_to] = RESTS[i % RESTS.length] ?? RESTS[0]
    const consents: ConsentPurpose[] = []
    if (i % 3 === 0) consents.push('report_name')
    if (i % 4 === 0) consents.push('unit_sharing')
    sent.push(await wall({
      name: demoName(FIRST + i),
      phone: demoPhone(FIRST + i),
      trade: TRADES[i % TRADES.length] ?? 'other',
      rest_from,
      rest_to,
      ...(i % 2 === 0 ? { unit: STATION } : {}),
      skills: ['带路'],
      consents,
    }, (27 - i * 0.9) * 24, 20))
  }
  return sent
}

const EVENINGS = ['mon.evening', 'tue.evening', 'wed.evening', 'thu.evening', 'fri.evening']
const WEEKENDS = ['sat.day', 'sat.evening', 'sun.day', 'sun.evening']

/** Somebody who sends a report: the n-th after the couriers. */
function who(n: number): { name: string, phone: string } {
  return { name: demoName(FIRST + COURIERS + n), phone: demoPhone(FIRST + COURIERS + n) }
}

/** Reports by the door and the wall that were answered, the oldest first. */
async function settled(ground: Ground, door: Send, wall: Send): Promise<SentReport[]> {
  return [
    await door({ ...who(0), kind: 'volunteer', address: '示例花园 3 栋' }, 6 * 24, 22),
    await wall({ ...who(1), trade: 'ride_hailing', consents: [] }, 5 * 24, 44),
    await door({
      ...who(2),
      kind: 'party_member_in_service',
      fits: [...EVENINGS, ...WEEKENDS],
      unit: SCHOOL,
      building_id: placeNamed(ground, '宁和家园 3栋'),
      skills: ['心理疏导'],
      consents: ['unit_sharing', 'public_display'],
    }, 4 * 24, 23),
  ]
}

/** Reports by the door and the wall of the last day, which wait. */
async function latest(ground: Ground, door: Send, wall: Send): Promise<SentReport[]> {
  return [
    await wall({
      ...who(7),
      trade: 'rider',
      rest_from: '14:00',
      rest_to: '16:30',
      unit: STATION,
      building_id: placeNamed(ground, '宁和家园 3栋'),
      skills: ['带路'],
    }, 20, null),
    await door({
      ...who(8),
      kind: 'volunteer',
      address: '北门外平房',
      fits: WEEKENDS,
      skills: ['搬重物'],
      consents: ['public_display'],
    }, 7, null),
    await wall({
      ...who(9),
      trade: 'parcel',
      rest_from: '13:30',
      rest_to: '15:30',
      unit: '示例快递南站',
      consents: ['report_name'],
    }, 3, null),
    await door({
      ...who(10),
      kind: 'sent_cadre',
      building_id: placeNamed(ground, '梧桐苑 6栋'),
      unit: '示例区水务局',
      fits: [...EVENINGS, ...WEEKENDS],
      skills: ['水电维修'],
      consents: ['public_display', 'unit_sharing'],
    }, 2 / 3, null),
  ]
}

/** The school's liaison reports in people from a sheet. */
async function listed(
  { tools, newId }: Ground,
  school: { id: string, liaison: string },
  numbers: number[],
): Promise<string[]> {
  const rows = numbers.map((n, i) => ({ id: newId(), row: i + 2, ...who(n), building: `云锦里 ${n}栋`, skills: [] }))
  await actAs(tools.db, school.liaison, 'list_people', { p_partner_unit_id: school.id, p_rows: rows })
  return rows.map(row => row.id)
}

/** A unit that reports in as a whole; the community has one of that name, which a coordinator has to see. */
function wholeUnit(ground: Ground, door: Send): Promise<SentReport> {
  return door({
    ...who(4),
    unit: '示例律师事务所',
    unit_kind: 'two_new',
    people: 9,
    building_id: placeNamed(ground, '云锦里 8栋'),
    skills: ['法律咨询'],
  }, 50, null)
}

/** A person of another community who wants to move here, with the phone they tap on. */
export interface Newcomer { phone: Phone, community: string }

async function moving(ground: Ground, newcomer: Newcomer): Promise<SentReport> {
  const id = ground.newId()
  await newcomer.phone.push([{
    name: 'report_in',
    args: {
      report_id: id,
      community_id: ground.community,
      building_id: placeNamed(ground, '梧桐苑 9栋'),
      address: null,
      skills: ['英语'],
      fits: ['sat.day', 'sun.day'],
      consents: ['public_display'],
      moves_from: newcomer.community,
    },
  }])
  return { id, ago: 26, answered: null }
}

/**
 * Makes the reports of the demonstration: twenty couriers who are on the list by now, and twelve in every state and by
 * every way. `codes` = those of a door and of the wall.
 */
export async function makeReports(
  ground: Ground,
  codes: { door: string, wall: string },
  school: { id: string, liaison: string },
  newcomer: Newcomer,
): Promise<void> {
  const [door, wall] = [pageOf(ground, codes.door), pageOf(ground, codes.wall)]
  const riders = await couriers(wall)
  const [stranger, unreached, teacher] = await settled(ground, door, wall)
  const [colleague] = await listed(ground, school, [3])
  if (!stranger || !unreached || !teacher || !colleague) throw new Error('the demo has too few reports')
  const confirmed = [...riders, teacher, { id: colleague, ago: 72, answered: 21 }]
  await ground.coordinator.phone.push(
    confirmed.map(({ id }) => ({ name: 'confirm_report', args: { report_id: id, grid_id: null } })),
  )
  await ground.coordinator.phone.push([
    { name: 'decline_report', args: { report_id: stranger.id, reason: 'not_here' } },
    { name: 'decline_report', args: { report_id: unreached.id, reason: 'unreachable' } },
  ])
  const whole = await wholeUnit(ground, door)
  const waiting = await listed(ground, school, [5, 6])
  await ageReports(ground, [
    ...confirmed,
    stranger,
    unreached,
    whole,
    ...waiting.map(id => ({ id, ago: 30, answered: null })),
    await moving(ground, newcomer),
    ...await latest(ground, door, wall),
  ])
}
