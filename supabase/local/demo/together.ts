import type { ResponderRow } from '#domain/importRows.ts'
import type { Phone } from './caller.ts'
import type { Ground } from './ground.ts'
import type { Newcomer } from './reports.ts'
import { pinyinOf } from '#io/text.ts'
import { openPhone } from './caller.ts'
import { makeCouncil } from './council.ts'
import { idsByName } from './ground.ts'
import { appoint, inviteAll } from './logins.ts'
import { makePartyOrgs } from './partyOrgs.ts'
import { demoName, demoPhone } from './people.ts'
import { importAs } from './records.ts'
import { makeReports } from './reports.ts'
import { CENTRE, makeUnits, SCHOOL } from './units.ts'

/** The community as it serves already: `door` = the code of a building, `drill` = the id of its call-out. */
type Serving = Omit<Ground, 'officer' | 'places'> & { phones: ReadonlyMap<string, Phone>, drill: string, door: string }

/** The number of the person who moves here, after everybody who reports in. */
const NEWCOMER = 240

/**
 * Makes what lives together in the community (共驻共建): partner units with liaisons, party organisations, the council,
 * and reports-in. `officer`: the street's, `elsewhere`: a community of another street. Answers the code on the wall.
 */
export async function liveTogether(
  serving: Serving,
  officer: string,
  admin: string,
  elsewhere: string,
  liaisonPassword: string,
): Promise<{ wall_code: string }> {
  const { tools, community, random, drill, door } = serving
  const { db } = tools
  const here = 'select p.id, p.name from private.place p where p.community_id = $1'
  const ground: Ground = {
    ...serving,
    officer: { login: officer, phone: openPhone(db, officer, random, tools.now.getTime()) },
    places: await idsByName(tools, here, community),
  }
  const { ids, liaison } = await makeUnits(ground, liaisonPassword)
  await makePartyOrgs(ground, ids, drill)
  await makeCouncil(ground, ids)
  await letUnitsKnow(serving)
  const [wall] = await db.query<{ code: string }>('select wall_code as code from app.partner_unit where id = $1', [
    ids.get(CENTRE),
  ])
  const codes = { door, wall: wall?.code ?? '' }
  const newcomer = await personElsewhere(ground, admin, elsewhere)
  await makeReports(ground, codes, { id: ids.get(SCHOOL) ?? '', liaison }, newcomer)
  return { wall_code: codes.wall }
}

/** Two in three of those who have a login let their unit know that they serve. */
async function letUnitsKnow({ people, phones }: Serving): Promise<void> {
  for (const { id, row } of people) {
    if (row.partner_unit && row.row % 3 > 0)
      await phones.get(id)?.push([{ name: 'set_consent', args: { purpose: 'unit_sharing', given: true } }])
  }
}

/** Somebody on the list of another community, with a login and a phone; nobody else lives there. */
async function personElsewhere({ tools, random }: Ground, admin: string, community: string): Promise<Newcomer> {
  const { db, now, newPassword } = tools
  const by = await appoint(tools, admin, community, 'coordinator', '姜雨水', 'coordinator2', newPassword())
  const name = demoName(NEWCOMER)
  const [words] = await pinyinOf([name])
  const row: ResponderRow = {
    row: 2,
    name,
    phone: demoPhone(NEWCOMER),
    kind: 'party_member_in_service',
    pinyin: '',
    initials: '',
    ...words,
  }
  const ids = await importAs(tools, random, by, 'responder', community, [row], '值守人员.xlsx')
  const [login] = await inviteAll(tools, by, ids, () => newPassword())
  return { phone: openPhone(db, login ?? '', random, now.getTime()), community }
}
