/** A person by the names they are called by. */
export interface Named { name: string, display_name: string | null }

/** Words that may stand right before a name, and right after one; any others may be a part of a longer name. */
const BEFORE = /(?:[是和与跟及带由请叫]|组长|书记|主任|队长|老师|师傅|医生|志愿者|党员|网格员|楼长)$/
const AFTER = new RegExp(`^(?:${[
  '[今明后昨][天日晚早]', '大后天', '[周和与跟及带替不姐哥叔]', '星期', '礼拜', '[早中晚夜白]班', '[上下中]午', '[早晚]上', '凌晨', '夜里',
  '半夜', '通宵', '报名', '参加', '可以', '取消', '退出', '请假', '没空', '值班', '值守', '到岗', '阿姨',
  '大[姐哥]', '同志', '组长', '书记', '主任', '队长', '老师', '师傅', '医生',
].join('|')})`)
const COMPOUND = /^(?:欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|夏侯)/

/** Does a name end here, and not go on: 王芳 in 王芳芳, 建国 in 王建国? `before`, `after`: what touches it. */
function standsAlone(name: string, before: string, after: string): boolean {
  const han = /\p{Script=Han}$/u.test(name)
  const left = (han ? /[\p{Script=Han}·]+$/u : /\p{L}+$/u).exec(before)?.[0] ?? ''
  const right = (han ? /^[\p{Script=Han}·]+/u : /^\p{L}+/u).exec(after)?.[0] ?? ''
  if (left !== '' && !BEFORE.test(left)) return false
  if (right === '' || AFTER.test(right)) return true
  // few names have four characters: more words follow a name of three
  const whole = han && name.length >= 3 && !COMPOUND.test(name) && !right.startsWith('·')
  return whole && (right.length >= 2 || /[来去到报能可行好在]/.test(right))
}

/** Han characters without the blanks between them; `all`: else only those after a single one, as in 王 建国. */
function closed(text: string, all: boolean): string {
  return all
    ? text.replace(/(?<=\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
    : text.replace(/(?<=(?<!\p{Script=Han})\p{Script=Han})\s+(?=\p{Script=Han})/gu, '')
}

/**
 * Everybody whose name stands in a text, in its order; people of one name together. Longer names are read first, and
 * what may be a part of a name that is on no list is nobody. Somebody called by two names there is found once.
 */
export function peopleNamed<P extends Named>(text: string, people: readonly P[]): P[][] {
  const byName = new Map<string, P[]>()
  for (const person of people) {
    for (const name of new Set([person.name, person.display_name ?? ''])) {
      if (name.length >= 2) byName.set(name, [...byName.get(name) ?? [], person])
    }
  }
  const found = namedIn(closed(text, false), byName)
  return found.length > 0 ? found : namedIn(closed(text, true), byName)
}

function namedIn<P>(text: string, byName: ReadonlyMap<string, P[]>): P[][] {
  let rest = text
  const hits: { at: number, name: string, same: P[] }[] = []
  for (const name of [...byName.keys()].sort((a, b) => b.length - a.length)) {
    const at = rest.indexOf(name)
    if (at < 0) continue
    hits.push({ at, name, same: byName.get(name)! })
    rest = rest.replace(name, '\0'.repeat(name.length))
  }
  const whole = hits.filter(({ at, name }) => standsAlone(name, rest.slice(0, at), rest.slice(at + name.length)))
  return whole.sort((a, b) => a.at - b.at).reduce<P[][]>((groups, { same }) => {
    // 张伟(小张): the second name tells which 张伟
    const i = groups.findIndex(group => group.some(person => same.includes(person)))
    return i < 0 ? [...groups, same] : groups.map((group, k) => k === i ? group.filter(p => same.includes(p)) : group)
  }, [])
}

/** Does a text name this word, and not a longer figure that ends with it: 11栋 is not 1栋? */
export function namesWord(text: string, word: string): boolean {
  const at = text.indexOf(word)
  return at >= 0 && !(/^\d/.test(word) && /\d$/.test(text.slice(0, at)))
}
