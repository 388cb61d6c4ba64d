import type { Phone } from './caller.ts'
import type { Desk, Listed } from './ground.ts'
import type { PlannedPerson, PlannedShift } from './plan.ts'
import type { DemoReport, DemoTools, Random } from './tools.ts'
import { spanOf } from '#domain/span.ts'
import { DAY, ms, startOfWeek } from '#domain/time.ts'
import { uuidv7 } from '#domain/uuid.ts'
import { actAs, openPhone } from './caller.ts'
import { openDrill } from './drill.ts'
import { arrive, confirmPlaces, draftRoster, drillSlots, rosterName } from './duty.ts'
import { appoint, firstAdmin, inviteAll } from './logins.ts'
import { demoPhone, responderRows } from './people.ts'
import { buildingRows, DEMO_POSTS, DUTY_LINE, STREET_CODE } from './places.ts'
import { planPlaces, planShifts } from './plan.ts'
import { importAs, importDivisions } from './records.ts'
import { liveTogether } from './together.ts'
import { seededRandom } from './tools.ts'

const COMMUNITY_CODE = `${STREET_CODE}005`
/** A community of another street, from which somebody moves here. */
const ELSEWHERE_CODE = '320106002004'
const PEOPLE = 200
/** People with a login. Each sign-up hashes a password, and that takes most of the time of a seed. */
const WITH_LOGIN = 28
/** People with a login who are free for the drill. A quarter of them does not serve at night. */
const DRILLED = 12

interface Demo { tools: DemoTools, random: Random, newId: () => string, community: string, coordinator: Desk }
/** The community as it serves: its people, the phones of those with a login, its drill, the code of a door. */
interface Serving { people: Listed[], phones: ReadonlyMap<string, Phone>, drill: string, door: string }

/**
 * Makes the demo community by the functions that people use: invitations, imports and pushed mutations.
 * The same `tools.now` and seed give the same people, places and roster; passwords are new for every data folder.
 */
export async function seedDemo(tools: DemoTools, seed = 20261123): Promise<DemoReport> {
  const random = seededRandom(seed)
  const newId = () => uuidv7(tools.now.getTime(), random.bytes(10))
  const words = {
    admin: tools.newPassword(),
    coordinator: tools.newPassword(),
    officer: tools.newPassword(),
    liaison: tools.newPassword(),
    cadres: [tools.newPassword(), tools.newPassword(), tools.newPassword()],
  }
  const admin = await firstAdmin(tools, words.admin)
  const units = await importDivisions(tools, random, admin)
  const [community, street] = [units.get(COMMUNITY_CODE) ?? '', units.get(STREET_CODE) ?? '']
  const login = await appoint(tools, admin, community, 'coordinator', '陈立秋', 'coordinator', words.coordinator)
  const officer = await appoint(tools, admin, street, 'street_officer', '周谷雨', 'street', words.officer)
  const demo: Demo = {
    tools,
    random,
    newId,
    community,
    coordinator: { login, phone: openPhone(tools.db, login, random, tools.now.getTime()) },
  }
  const serving = await fill(demo, words.cadres)
  const ground = { ...demo, ...serving, street }
  const { wall_code } = await liveTogether(ground, officer, admin, units.get(ELSEWHERE_CODE) ?? '', words.liaison)
  return {
    resident_code: serving.door,
    wall_code,
    sign_ins: [
      { label: '社区书记 coordinator', name: 'coordinator', password: words.coordinator },
      { label: '街道值班 street officer', name: 'street', password: words.officer },
      { label: '单位联络人 liaison', name: 'liaison', password: words.liaison },
      ...words.cadres.map((password, i) => ({
        label: `下沉干部 cadre ${i + 1}`,
        name: demoPhone(cadres()[i] ?? 0),
        password,
      })),
      { label: '管理员 admin', name: 'admin', password: words.admin },
    ],
  }
}

/** The three cadres whose sign-ins are shown: the first sent cadres among the people. */
function cadres(): number[] {
  return Array.from({ length: PEOPLE }, (_, i) => i).filter(i => (i * 37) % 100 < 10).slice(0, 3)
}

/** Makes people, places, rosters and the drill. */
async function fill(demo: Demo, cadrePasswords: string[]): Promise<Serving> {
  const { tools, random, community, coordinator } = demo
  const postRows = DEMO_POSTS.map(p => p.row)
  const buildings = await importAs(tools, random, coordinator.login, 'building', community, buildingRows(), '楼栋.xlsx')
  const posts = await importAs(tools, random, coordinator.login, 'post', community, postRows, '岗位.xlsx')
  const rows = await responderRows(PEOPLE, random)
  const people = await importAs(tools, random, coordinator.login, 'responder', community, rows, '值守人员.xlsx')
  // they have served for a while, which a unit reads of its people
  const since = `update app.report_in set created_at = created_at - interval '200 days' where community_id = $1`
  await tools.db.query(since, [community])
  await actAs(tools.db, coordinator.login, 'set_duty_line', { p_org_unit_id: community, p_line: DUTY_LINE })
  const signedUp = [...new Set([...cadres(), ...Array.from({ length: WITH_LOGIN }, (_, i) => i)])].slice(0, WITH_LOGIN)
  const logins = await inviteAll(
    tools,
    coordinator.login,
    signedUp.map(i => people[i] ?? ''),
    i => cadrePasswords[i] ?? tools.newPassword(),
  )
  const phones = new Map(
    signedUp.map((p, i) => [people[p] ?? '', openPhone(tools.db, logins[i] ?? '', random, tools.now.getTime())]),
  )
  // At every hour some people have no duty during the drill and so an offer to answer, one of the shown cadres too.
  const undecided = people[cadres()[2] ?? 0] ?? ''
  const drilled = new Set([undecided, ...[...phones.keys()].slice(-DRILLED)])
  const now = tools.now.getTime()
  const kept_free = spanOf(now, Math.max(...drillSlots(now).map(s => ms(s.ends_at))))
  const planned = people.map((id, i) => ({
    id,
    night: rows[i]?.night === 'yes',
    login: phones.has(id),
    ...drilled.has(id) ? { kept_free } : {},
  }))
  await rosters(demo, posts, planned, phones)
  const six = [2, 3, 4, 6, 9, 11].map(n => buildings[n] ?? '')
  const drill = await openDrill(tools, coordinator.phone, community, six, phones, undecided, demo.newId)
  const DOOR = 'select door_code from app.org_unit where id = $1'
  const [door] = await tools.db.query<{ door_code: string }>(DOOR, [buildings[5]])
  const listed = rows.map((row, i) => ({ id: people[i] ?? '', row }))
  return { people: listed, phones, drill, door: door?.door_code ?? '' }
}

/**
 * Makes a published roster for this week (and the next if this one is nearly over), which people have confirmed and
 * which is under way, and a draft for the week after.
 */
async function rosters(
  { tools, random, newId, community, coordinator }: Demo,
  posts: readonly string[],
  people: PlannedPerson[],
  phones: ReadonlyMap<string, Phone>,
): Promise<void> {
  const now = tools.now.getTime()
  const staffed = posts.flatMap((id, i) => DEMO_POSTS[i] ? [{ id, post: DEMO_POSTS[i] }] : [])
  const monday = startOfWeek(now)
  const weeks = monday + 7 * DAY - now < 4 * DAY ? 2 : 1
  const roster = (week: number) => {
    const [from, to] = [monday + week * 7 * DAY, monday + (week + 1) * 7 * DAY]
    const shifts = planShifts(staffed, from, to, week === 0 ? now : from + DAY / 3, newId)
    // in the first hours of a Monday the night of Sunday is on it as well
    const begun = Math.min(from, ...shifts.map(s => ms(s.starts_at)))
    const first = begun < from ? from - DAY : from
    return { id: newId(), community, name: rosterName(first, to), from: first, to, shifts }
  }
  const published = Array.from({ length: weeks }, (_, week) => roster(week))
  const draft = roster(weeks)
  const places = planPlaces([...published, draft].flatMap(r => r.shifts), people, now, random, newId)
  const placesOf = (r: { shifts: PlannedShift[] }) => places.filter(p => r.shifts.includes(p.shift))
  for (const plan of published) {
    const version = await draftRoster(coordinator.phone, { ...plan, places: placesOf(plan) })
    await coordinator.phone.push([{ name: 'publish_roster', args: { roster_id: plan.id, version } }])
  }
  await confirmPlaces(phones, published.flatMap(placesOf), random, newId)
  await arrive(coordinator.phone, published.flatMap(placesOf), now, random)
  await draftRoster(coordinator.phone, { ...draft, places: placesOf(draft).slice(0, 75) })
}
