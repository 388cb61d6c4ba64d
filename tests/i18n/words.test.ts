import type { Literal } from './literals.ts'
import { describe, expect, it } from 'vitest'
import { HOLE, literals, namesIn, sources } from './literals.ts'
import { messages } from './messages.ts'

const FOLDERS = ['src', 'supabase/functions', 'supabase/local', 'scripts']
const all = FOLDERS.flatMap(sources).flatMap(literals)
const zh = messages('zh-CN')
const keys = [...zh.keys()]
const where = (l: Literal): string => `${l.file}: ${l.text.trim()}`

/** Files with Chinese that is not shown: figures and headers as people write them, places, people of the demo. */
const DATA = [
  'supabase/local/demo/', 'src/domain/stripNumbers.ts', 'src/io/chain.ts', 'src/io/fields.ts',
  'src/io/holidayNotice.ts', 'src/io/meant.ts', 'src/io/normalise/unit.ts', 'src/io/place.ts',
  'src/io/rosterDays.ts', 'src/io/rosterSheet.ts', 'src/io/text.ts', 'scripts/import/community.ts',
]
/** Attributes and props that people read or hear. */
const SHOWN = new Set([
  'aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'placeholder', 'title', 'alt', 'label',
  'text', 'small', 'hint', 'legend', 'summary', 'note', 'reason',
])
/** Names of keys of a keyboard, the same in every language. */
const KEYBOARD = new Set(['Enter', 'Del', 'Shift', 'Ctrl', 'Esc', 'Tab'])

/** The keys that a string can be; a hole of a template literal is one part or more. */
function keysOf(text: string): string[] {
  if (!text.includes(HOLE)) return keys.filter(k => k === text || k.replace(/\.\d+$/, '') === text)
  const pattern = new RegExp(
    `^${
      text.split(HOLE).map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\w.-]+')
    }(?:\\.(?:text|next|\\d+))?$`,
  )
  return keys.filter(k => pattern.test(k))
}

describe('keys', () => {
  const asked = all.filter(l => /^[a-z]\w*\.[\w.…-]+$/i.test(l.text))
  const area = (text: string): string => text.split('.')[0]!
  const areas = new Set(keys.map(area))

  it('exist when the code asks for them', () => {
    const missing = asked.filter(l => /^(?:t|te|list)$/.test(l.given ?? '') && keysOf(l.text).length === 0)
    expect(missing.map(where)).toEqual([])
    expect(asked.filter(l => areas.has(area(l.text))).length).toBeGreaterThan(900)
  })

  it('are used in the files that are read whole', () => {
    const named = new Set(FOLDERS.flatMap(sources).flatMap(namesIn))
    const whole = keys.filter(k => /^(?:time|worker|resident|deliver|feed)\./.test(k))
    const names = whole.flatMap(k => k.split('.').slice(1)).filter(part => !/^\d+$/.test(part))
    // one stands in resident.html itself, as messages.test.ts knows
    expect([...new Set(names)].filter(name => !named.has(name))).toEqual(['noScript'])
  })

  it('get every placeholder filled', () => {
    const lacking = all.filter(l => l.given === 't' && l.names !== null).flatMap((l) => {
      const wanted = [...new Set([...(zh.get(l.text) ?? '').matchAll(/\{(\w+)\}/g)].map(m => m[1]!))]
      return wanted.filter(name => !(l.names ?? []).includes(name)).map(name => `${where(l)} {${name}}`)
    })
    expect(lacking).toEqual([])
  })
})

const isData = (file: string): boolean => DATA.some(start => file.startsWith(start))

describe('hard-coded words', () => {
  it('in Chinese are nowhere in the code', () => {
    const found = all.filter(l => /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u.test(l.text) && !isData(l.file))
    expect(found.map(where)).toEqual([])
  })

  it('in English are not between tags', () => {
    const found = all.filter(l => l.at === 'text' && /\p{L}{2}/u.test(l.text) && !KEYBOARD.has(l.text.trim()))
    expect(found.map(where)).toEqual([])
  })

  it('in English are in no attribute that is shown', () => {
    const shown = all.filter(l => SHOWN.has(l.attribute ?? '') && keysOf(l.text).length === 0)
    const words = shown.filter(l =>
      l.at === 'attribute' ? /\p{L}/u.test(l.text) : /\p{L}{2}.*\s\p{L}|^\p{Lu}\p{Ll}/u.test(l.text),
    )
    expect(words.map(where)).toEqual([])
  })

  it('in English are in no notice', () => {
    expect(all.filter(l => /(?:^|\.)say$/.test(l.given ?? '') && /\s|^\p{Lu}/u.test(l.text)).map(where)).toEqual([])
  })

  it('would be found, as literals of every kind are', () => {
    const kinds = new Set(all.map(l => l.at))
    expect([...kinds].sort()).toEqual(['attribute', 'code', 'text'])
    expect(all.filter(l => l.attribute === 'aria-label').length).toBeGreaterThan(20)
  })
})
