import type { MutationArgs } from '#domain/mutations.ts'
import type { PartyPostKind } from '#domain/words.ts'
import type { Intent } from './caller.ts'
import type { Ground, Listed } from './ground.ts'
import { DAY, dayKey } from '#domain/time.ts'
import { idsByName, listedOf, placeNamed } from './ground.ts'

/** The committee of the community; the list of people names it above their branches, so the import makes it. */
export const PARTY_COMMITTEE = '颐和路社区党委'

/** The branch of an estate. */
export function branchOf(estate: string): string {
  return `${estate}党支部`
}

/** An estate's branch: whether somebody leads it, and the buildings of its groups, from and to. */
interface Branch { estate: string, led: boolean, groups: [from: number, to: number][] }
/** Nobody looks after buildings 16 to 18 of the last one, as on the morning after a boundary has moved. */
const BRANCHES: Branch[] = [
  { estate: '梧桐苑', led: true, groups: [[1, 8], [9, 16], [17, 24]] },
  { estate: '宁和家园', led: false, groups: [[1, 10], [11, 19]] },
  { estate: '云锦里', led: true, groups: [[1, 9], [10, 15]] },
]
const GROUP_NAMES = ['第一党小组', '第二党小组', '第三党小组']
/** How long the branch that nobody leads has been without a secretary; a street sees it from the thirtieth day on. */
const VACANT_DAYS = 39
/** Whoever leads today has done so since the last election. */
const ELECTED = '2024-03-12'

type Args = MutationArgs['save_party_org']
type Held = Extract<Intent, { name: 'set_party_post' }>
type Plain = Pick<Args, 'party_org_id' | 'name' | 'kind' | 'keeper_id' | 'org_unit_id'>

/** Says of an organisation what a list does not: where it hangs, since when it is there, what it looks after. */
function organisation(plain: Plain, more: Partial<Args> = {}): Intent {
  const rest = { state: 'formed', partner_unit_id: null, parent_id: null, callout_id: null } as const
  return { name: 'save_party_org', args: { ...rest, formed_on: '2008-06-20', covers: [], ...plain, ...more } }
}

/** Puts somebody into a post: a person of the list, or a name. */
function held(
  { newId }: Ground,
  party_org_id: string,
  post: PartyPostKind,
  holder: Listed | string,
  starts_on = ELECTED,
): Held {
  const by = typeof holder === 'string'
    ? { responder_id: null, holder }
    : { responder_id: holder.id, holder: null }
  return { name: 'set_party_post', args: { party_post_id: newId(), party_org_id, post, ...by, starts_on } }
}

/** The groups of a branch with the buildings they look after, each led by one of `leaders`. */
function groupsOf(ground: Ground, branch: Branch, parent_id: string, leaders: readonly Listed[]): Intent[] {
  return branch.groups.flatMap(([from, to], i) => {
    const party_org_id = ground.newId()
    const covers = Array.from({ length: to - from + 1 }, (_, n) =>
      placeNamed(ground, `${branch.estate} ${from + n}栋`))
    const plain: Plain = {
      party_org_id,
      name: GROUP_NAMES[i] ?? '党小组',
      kind: 'group',
      keeper_id: ground.community,
      org_unit_id: placeNamed(ground, branch.estate),
    }
    const group = organisation(plain, { parent_id, covers, formed_on: '2015-09-01' })
    const leader = leaders[i]
    return leader ? [group, held(ground, party_org_id, 'group_leader', leader)] : [group]
  })
}

/** A branch with its posts and groups. The one that nobody leads had a secretary until some weeks ago. */
function branchIntents(ground: Ground, branch: Branch, party_org_id: string, parent_id: string): Intent[] {
  const members = listedOf(ground, 'party_member_resident', branch.estate)
  const [first, second, ...others] = members
  if (!first || !second) throw new Error(`the demo has too few party members in ${branch.estate}`)
  const plain: Plain = {
    party_org_id,
    name: branchOf(branch.estate),
    kind: 'branch',
    keeper_id: ground.community,
    org_unit_id: placeNamed(ground, branch.estate),
  }
  const secretary = held(ground, party_org_id, 'secretary', branch.led ? first : '吴佳庚', '2021-06-11')
  const { party_post_id } = secretary.args
  const ends_on = dayKey(ground.tools.now.getTime() - VACANT_DAYS * DAY)
  const gone: Intent = { name: 'end_party_post', args: { party_post_id, ends_on } }
  return [
    organisation(plain, { parent_id }),
    secretary,
    ...(branch.led ? [] : [gone]),
    held(ground, party_org_id, 'deputy', second),
    ...groupsOf(ground, branch, party_org_id, others),
  ]
}

/**
 * Makes the tree of party organisations: the committee, three estates' branches, one of them without a secretary, their
 * groups, two branches in partner units, a temporary one of the drill's team, and the street's own. `units` = ids of
 * partner units by name.
 */
export async function makePartyOrgs(ground: Ground, units: ReadonlyMap<string, string>, drill: string): Promise<void> {
  const { community, street, newId } = ground
  const listed = await idsByName(ground.tools, 'select id, name from app.party_org where keeper_id = $1', community)
  const idOf = (name: string): string => listed.get(name) ?? newId()
  const committee = idOf(PARTY_COMMITTEE)
  const [worker] = listedOf(ground, 'community_worker')
  const [cadre] = listedOf(ground, 'sent_cadre')
  const here = { keeper_id: community, org_unit_id: community }
  const inUnit = (name: string, unit: string, kind: Args['kind'], secretary: string): Intent[] => {
    const plain: Plain = { party_org_id: newId(), name, kind, keeper_id: community, org_unit_id: null }
    const partner_unit_id = units.get(unit) ?? null
    return [
      organisation(plain, { partner_unit_id, parent_id: committee, formed_on: '2022-07-01' }),
      held(ground, plain.party_org_id, 'secretary', secretary, '2022-07-01'),
    ]
  }
  const team: Plain = { party_org_id: newId(), name: '寒潮冰冻演练临时党支部', kind: 'temporary', ...here }
  const today = dayKey(ground.tools.now.getTime())
  const above: Plain = {
    party_org_id: newId(),
    name: '宁海路街道党工委',
    kind: 'work_committee',
    keeper_id: street,
    org_unit_id: street,
  }
  await ground.officer.phone.push([
    organisation(above, { formed_on: '1998-07-01' }),
    held(ground, above.party_org_id, 'secretary', '钱立夏', '2022-01-15'),
  ])
  await ground.coordinator.phone.push([
    organisation({ party_org_id: committee, name: PARTY_COMMITTEE, kind: 'committee', ...here }, {
      parent_id: above.party_org_id,
    }),
    held(ground, committee, 'secretary', '陈立秋', '2023-03-20'),
    ...(worker ? [held(ground, committee, 'deputy', worker, '2023-03-20')] : []),
    ...BRANCHES.flatMap(branch => branchIntents(ground, branch, idOf(branchOf(branch.estate)), committee)),
    ...inUnit('示例快递站党支部', '示例快递站', 'branch', '何白露'),
    ...inUnit('示例软件园联合党支部', '示例软件园管委会', 'joint_branch', '许霜降'),
    organisation(team, { parent_id: committee, callout_id: drill, formed_on: today }),
    ...(cadre ? [held(ground, team.party_org_id, 'secretary', cadre, today)] : []),
  ])
}
