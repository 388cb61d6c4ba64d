import type { MutationArgs } from '#domain/mutations.ts'
import type { Intent } from './caller.ts'
import type { Ground } from './ground.ts'
import { DAY, dayKey } from '#domain/time.ts'
import { listedOf } from './ground.ts'
import { CENTRE, DEMO_UNITS } from './units.ts'

/** The unit whose member of the council left, and how long ago. */
const VACATED = { unit: '示例软件园管委会', days: 72 }
/** Units whose member has been asked, or has said yes and does not serve yet; all others serve. */
const NOT_YET = new Map<string, 'invited' | 'confirmed'>([['示例大厦', 'invited'], ['示例律师事务所', 'confirmed']])
/** Stand in where the member cannot come. */
const SUBSTITUTES = ['蒋春分', '尤秋分', '魏大暑', '陶小暑']

type Seat = MutationArgs['save_seat']
type Said = Pick<Seat, 'kind' | 'title' | 'responder_id' | 'holder'> & Partial<Seat>

/**
 * Makes the council (社区大党委): eleven seats, three of people who work for the community and eight of units, one of
 * them empty. Terms last three years. `units` = ids of partner units by name.
 */
export async function makeCouncil(ground: Ground, units: ReadonlyMap<string, string>): Promise<void> {
  const { community, newId } = ground
  const now = ground.tools.now.getTime()
  const days = (n: number): string => dayKey(now + n * DAY)
  let sort = 0
  const seat = (said: Said): Seat => ({
    seat_id: newId(),
    council_id: community,
    partner_unit_id: null,
    substitute: null,
    state: 'serving',
    since_on: days(-420),
    until_on: days(-420 + 3 * 365),
    sort: sort++,
    ...said,
  })
  const workers = listedOf(ground, 'community_worker').slice(0, 2)
  const own = [
    seat({ kind: 'full_time', title: '书记', responder_id: null, holder: '陈立秋' }),
    ...workers.map(({ id }) => seat({ kind: 'full_time', title: '委员', responder_id: id, holder: null })),
  ]
  const ofUnits = DEMO_UNITS.filter(({ name }) => name !== CENTRE).map(({ name, liaison }, i) => {
    const state = NOT_YET.get(name) ?? 'serving'
    return seat({
      kind: 'part_time',
      title: '兼职委员',
      responder_id: null,
      holder: liaison,
      partner_unit_id: units.get(name) ?? null,
      substitute: SUBSTITUTES[i] ?? null,
      ...(state === 'serving' ? {} : { state, since_on: days(-5), until_on: days(-5 + 3 * 365) }),
    })
  })
  const left = ofUnits.find(one => one.partner_unit_id === units.get(VACATED.unit))
  const gone: Intent[] = left
    ? [{ name: 'end_seat', args: { seat_id: left.seat_id, ended_on: days(-VACATED.days) } }]
    : []
  await ground.coordinator.phone.push([
    ...[...own, ...ofUnits].map((args): Intent => ({ name: 'save_seat', args })),
    ...gone,
  ])
}
