import type { PartnerUnitKind } from '#domain/words.ts'
import type { Intent } from './caller.ts'
import type { Desk, Ground } from './ground.ts'
import { actAs } from './caller.ts'
import { idsByName, listedOf, placeNamed } from './ground.ts'
import { redeem } from './logins.ts'

/** A partner unit: `place` = the name of the grid or estate it lies in, null where it lies outside. */
interface DemoUnit {
  name: string, kind: PartnerUnitKind, place: string | null, address: string | null, line: string, liaison: string
}

/** The unit whose liaison's sign-in is shown, and reports its people in. */
export const SCHOOL = '示例市第一中学'
export const STATION = '示例快递站'
/** The 党群服务中心 with the code for couriers on its wall. */
export const CENTRE = '颐和路党群服务中心'

/** One partner unit of each kind. Five of them came with the list of people, which names no kind. */
export const DEMO_UNITS: DemoUnit[] = [
  unit(SCHOOL, 'institution', '梧桐苑', '示例路 12 号', '02500830041', '苏惊蛰'),
  unit('示例区水务局', 'government', null, '示例大街 6 号', '02500830042', '唐小满'),
  unit('示例设计院', 'enterprise', '宁和家园', '示例路 30 号', '02500830043', '韩清明'),
  unit('示例律师事务所', 'two_new', '云锦里', '示例大厦 9 层', '02500830044', '冯处暑'),
  unit('示例大厦', 'tower', '云锦里', '示例路 55 号', '02500830045', '曹寒露'),
  unit('示例软件园管委会', 'park', null, '示例东路 1 号', '02500830046', '许霜降'),
  unit('示例农贸市场', 'market', '宁和家园', '示例路 41 号', '02500830047', '沈芒种'),
  unit(STATION, 'platform', '梧桐苑', '示例路 18 号', '02500830048', '何白露'),
  unit(CENTRE, 'service_centre', '梧桐苑', '示例路 2 号', '02500830049', '吕小雪'),
]
/** Offices of the street; they lie in no estate. */
export const DEMO_OFFICES: DemoUnit[] = [
  unit('宁海路街道民政办', 'office', null, null, '02500830061', '施冬至'),
  unit('宁海路街道综合行政执法队', 'office', null, null, '02500830062', '孔大寒'),
  unit('宁海路街道党群工作部', 'office', null, null, '02500830063', '严立冬'),
]

function unit(
  name: string,
  kind: PartnerUnitKind,
  place: string | null,
  address: string | null,
  line: string,
  liaison: string,
): DemoUnit {
  return { name, kind, place, address, line, liaison }
}

/** Writes the units that a node keeps; answers their ids by name. The community's have somebody who keeps in touch. */
async function saveUnits(
  ground: Ground,
  keeper_id: string,
  desk: Desk,
  units: readonly DemoUnit[],
): Promise<Map<string, string>> {
  const kept = 'select id, name from app.partner_unit where org_unit_id = $1'
  const known = await idsByName(ground.tools, kept, keeper_id)
  const contacts = keeper_id === ground.community ? listedOf(ground, 'community_worker') : []
  const ids = new Map(units.map(({ name }) => [name, known.get(name) ?? ground.newId()]))
  await desk.phone.push(units.map(({ name, kind, place, address, line }, i): Intent => ({
    name: 'save_partner_unit',
    args: {
      partner_unit_id: ids.get(name) ?? '',
      keeper_id,
      name,
      kind,
      place_id: place === null ? null : placeNamed(ground, place),
      address,
      line,
      contact_id: contacts[i % 4]?.id ?? null,
    },
  })))
  return ids
}

/** Sign-in names of the liaisons who have opened their invitation. Each sign-up takes a while (seed.ts). */
const SIGNED_UP = new Map<string, string>([[SCHOOL, 'liaison'], [STATION, 'liaison2'], ['示例区水务局', 'liaison3']])

/** The community's units: their ids by name, and the login of the school's liaison. */
export interface MadeUnits { ids: ReadonlyMap<string, string>, liaison: string }

/**
 * Makes the units of the community, the offices of the street, and their liaisons. That of the school signs in with
 * this password.
 */
export async function makeUnits(ground: Ground, password: string): Promise<MadeUnits> {
  const { tools, coordinator, officer } = ground
  const ids = await saveUnits(ground, ground.community, coordinator, DEMO_UNITS)
  const offices = await saveUnits(ground, ground.street, officer, DEMO_OFFICES)
  const logins = new Map<string, string>()
  for (const [desk, units, found] of [[coordinator, DEMO_UNITS, ids], [officer, DEMO_OFFICES, offices]] as const) {
    for (const { name, liaison: person } of units) {
      const { token } = await actAs<{ token: string }>(tools.db, desk.login, 'appoint_liaison', {
        p_partner_unit_id: found.get(name) ?? '',
        p_name: person,
      })
      const signIn = SIGNED_UP.get(name)
      const word = name === SCHOOL ? password : tools.newPassword()
      if (signIn !== undefined) logins.set(name, await redeem(tools, token, signIn, word))
    }
  }
  return { ids, liaison: logins.get(SCHOOL) ?? '' }
}
