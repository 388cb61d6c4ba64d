import type { ResponderKind } from '#domain/words.ts'
import { wordKey } from '../text.ts'

/** Words people write for a kind, in the order in which they are looked for. `exact`: the word says it by itself. */
const KIND: [exact: RegExp, within: RegExp, ResponderKind][] = [
  [/^(?:sentcadre|下沉干部|下派干部)$/, /下沉|下派|机关干部|选派|驻社区干部/, 'sent_cadre'],
  [/^(?:newemployment|新就业群体)$/, /新就业|快递|外卖|骑手|网约车|货车司机|跑腿/, 'new_employment'],
  [/^(?:communityworker|社区工作者|社工|网格员|网格长)$/, /社区工作者|社工|网格员|网格长|专职|社区干部|社区书记|居委/, 'community_worker'],
  [/^(?:partymemberinservice|在职党员|双报到党员)$/, /在职.*党员|党员.*在职|^在职$|双报到|报到党员/, 'party_member_in_service'],
  [
    /^(?:partymemberresident|社区党员|居民党员)$/,
    /社区党员|居民党员|[离退]休.*党员|流动党员|中共(?:预备)?党员|预备党员|^党员$|^中共$|[不非]在职.*党员/,
    'party_member_resident',
  ],
  [/^(?:volunteer|志愿者|义工)$/, /志愿|义工|居民|群众|热心/, 'volunteer'],
]
/** 非党员 and 不是志愿者 say what somebody is not. */
const DENIED = /[非不未无](?:是|为)?(?:中共)?(?:党员|志愿者|居民|干部|社工)|^[非未无]/

/** The kind that a cell names, and whether it took looking closer; null when it names none. */
export function readKind(value: string): { kind: ResponderKind, worked: boolean } | null {
  const said = wordKey(value)
  const isOutOfService = /^[不非]在职.*党员$/.test(said)
  if (said === '' || (DENIED.test(said) && !isOutOfService)) return null
  const known = KIND.find(([exact]) => exact.test(said))
  if (known) return { kind: known[2], worked: false }
  const found = isOutOfService ? KIND[4] : KIND.find(([, within]) => within.test(said))
  return found ? { kind: found[2], worked: true } : null
}

/** The one kind that a title names, 下沉干部花名册; null when it names none or several. */
export function kindOfTitle(title: string): ResponderKind | null {
  const said = wordKey(title)
  const found = KIND.filter(([, within]) => within.test(said)).map(([,, kind]) => kind)
  return found.length === 1 && !DENIED.test(said) ? found[0]! : null
}
