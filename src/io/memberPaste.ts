import { readMobile } from './phone.ts'
import { cellText, personName } from './text.ts'

/** One person of a unit's list as it was read; `line` counts from 1. `building` as somebody wrote it, '' = nothing. */
export interface Member { line: number, name: string, phone: string, building: string, skills: string[] }
/** Why a line is nobody that can be reported in; `sheet`: the reader of sheets says why, in `text`. */
export type MemberFault = 'name' | 'phone' | 'twice' | 'sheet'
export interface MemberError { line: number, fault: MemberFault, text: string }
/** A list as it would be sent, and every line that would not be, with its reason. */
export interface MemberList { members: Member[], errors: MemberError[] }

/** The number of an entry: 1. 2、 (3); not the beginning of a phone number that is parted by dots. */
const COUNTER = /^\s*[(（]?\d{1,3}\s*[.、,，)）:：]\s*(?!\d)/
/** A line that names columns is no person: it has no number, and one of these words. */
const HEADER = /姓名|名字|name/i
/** What a list counts its lines by, in a cell of its own. */
const COUNT = /^\d{1,3}$/
const MOST_NAME = 40
const MOST_BUILDING = 100

/**
 * Reads people who were pasted, one on a line, as they come out of a chat or a sheet: a name, a mobile number and,
 * where one is said, a building, with any signs between them.
 */
export function readMembers(pasted: string): MemberList {
  const out: MemberList = { members: [], errors: [] }
  const seen = new Set<string>()
  for (const [i, raw] of pasted.split(/\r?\n/).entries()) {
    const found = memberOf(raw.replace(COUNTER, ''))
    if (found === null) continue
    const fault = 'fault' in found ? found.fault : seen.has(found.phone) ? 'twice' : null
    if (fault !== null || 'fault' in found) {
      out.errors.push({ line: i + 1, fault: fault ?? 'phone', text: cellText(raw) })
      continue
    }
    seen.add(found.phone)
    out.members.push({ line: i + 1, skills: [], ...found })
  }
  return out
}

/** Who stands on a line, or what is wrong with it; null = nobody is meant. */
function memberOf(line: string): Pick<Member, 'name' | 'phone' | 'building'> | { fault: MemberFault } | null {
  const phone = readMobile(line)
  if (phone === null) return cellText(line) === '' || HEADER.test(line) ? null : { fault: 'phone' }
  const [first = '', ...rest] = partsOf(line, phone.number)
  const name = personName(first)
  if (!/\p{L}/u.test(name) || [...name].length > MOST_NAME) return { fault: 'name' }
  const building = [...rest.join(' ')].slice(0, MOST_BUILDING).join('')
  return { name, phone: phone.number, building }
}

/** The cells of a line without its number, or its words where it has no cells; the name first. */
function partsOf(line: string, number: string): string[] {
  const digits = [...number].join('[\\s.\\-–—]?')
  const without = line.normalize('NFKC').replace(new RegExp(`(?:(?:\\+|00)?86[\\s-]*|0)?${digits}`), ' ')
  const cells = /[\t,;|、:]/.test(without) ? without.split(/[\t,;|、:]+/) : without.split(/\s+/)
  const words = cells.map(cellText).filter(cell => cell !== '' && !/^[男女]$/.test(cell))
  const [first = '', second = '', ...rest] = COUNT.test(words[0] ?? '') ? words.slice(1) : words
  // 王 芳 is one name
  const isParted = /^\p{Script=Han}$/u.test(first) && /^\p{Script=Han}$/u.test(second)
  return (isParted ? [first + second, ...rest] : [first, second, ...rest]).filter(Boolean)
}
