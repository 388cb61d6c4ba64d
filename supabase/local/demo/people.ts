import type { ResponderRow } from '#domain/importRows.ts'
import type { ResponderKind } from '#domain/words.ts'
import type { Random } from './tools.ts'
import { pinyinOf } from '#io/text.ts'
import { branchOf, PARTY_COMMITTEE } from './partyOrgs.ts'
import { buildingRows } from './places.ts'

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙朱马胡郭何高林罗']
/** Words that no parents choose as a name: everybody here is invented. */
const GIVEN = ('清晨 梧桐 春雨 明月 秋叶 晚风 朝霞 雪松 远山 长河 海棠 银杏 青石 白鹭 云帆 晴川 竹影 荷塘 稻香 暖阳 '
  + '冬青 江畔 石榴 星野 柳荫').split(' ')
const CALLED = ['老师', '师傅', '阿姨', '医生', '同志'] as const
const SKILLS = ['急救', '水电维修', '手语', '开车', '搬重物', '心理疏导', '英语'] as const
/** Employers that people of the list name; units.ts says what each of them is. */
const UNITS = ['示例市第一中学', '示例设计院', '示例区水务局', '示例软件园管委会', '示例快递站'] as const

/**
 * What a person is. Of a hundred people 10 are cadres, 25 party members in service, 20 party members of the community,
 * 38 volunteers and 7 community workers. Couriers are on no list of the community: they report in (reports.ts).
 */
function kindOf(i: number): ResponderKind {
  const share: [number, ResponderKind][] = [
    [10, 'sent_cadre'],
    [35, 'party_member_in_service'],
    [55, 'party_member_resident'],
    [93, 'volunteer'],
    [100, 'community_worker'],
  ]
  return share.find(([upTo]) => (i * 37) % 100 < upTo)?.[1] ?? 'volunteer'
}

/** A mobile number that nobody can dial: 199 0000 xxxx. */
export function demoPhone(i: number): string {
  return `1990000${String(i + 1).padStart(4, '0')}`
}

/** The invented name of the i-th person, below 500 a different one for each. */
export function demoName(i: number): string {
  const surname = SURNAMES[i % SURNAMES.length] ?? '王'
  return surname + (GIVEN[(i * 7 + Math.floor(i / SURNAMES.length)) % GIVEN.length] ?? '')
}

function person(i: number, random: Random): Omit<ResponderRow, 'pinyin' | 'initials'> {
  const name = demoName(i)
  const homes = buildingRows()
  const home = homes[random.int(homes.length)] ?? { estate: '梧桐苑', building: '6栋' }
  const kind = kindOf(i)
  const works = kind === 'sent_cadre' || kind === 'party_member_in_service'
  const skills = random.chance(0.4) ? [random.pick(SKILLS)] : []
  return {
    row: i + 2,
    name,
    phone: demoPhone(i),
    kind,
    estate: home.estate,
    building: home.building,
    display_name: name.slice(0, 1) + random.pick(CALLED),
    public_display: random.chance(0.8) ? 'yes' : 'no',
    night: random.chance(0.75) || kind === 'sent_cadre' ? 'yes' : 'no',
    skills,
    ...(works ? { partner_unit: random.pick(UNITS) } : {}),
    ...(kind.startsWith('party') ? { party_org: `${PARTY_COMMITTEE}/${branchOf(home.estate)}` } : {}),
  }
}

/** The rows of an import of people with invented names. */
export async function responderRows(count: number, random: Random): Promise<ResponderRow[]> {
  const plain = Array.from({ length: count }, (_, i) => person(i, random))
  const words = await pinyinOf(plain.map(p => p.name))
  return plain.map((row, i) => ({ ...row, pinyin: '', initials: '', ...words[i] }))
}
