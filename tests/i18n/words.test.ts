import type { Literal } from './literals.ts'
import { describe, expect, it } from 'vitest'
import { HOLE, literals, namesIn, sources } from './literals.ts'
import { messages } from './messages.ts'

const FOLDERS = ['src', 'supabase/functions', 'supabase/local', 'scripts']
const all = FOLDERS.flatMap(sources).flatMap(literals)
const zh = messages('zh-CN')
const keys = [...zh.keys()]
const where = (l: Literal): string => `${l.file}: ${l.text.trim()}`

/** Chinese that nobody is shown: figures and headers as people write them, places as they are spelled, people of the demo. */
const DATA
  = /^(?:supabase\/local\/demo\/|src\/domain\/stripNumbers\.ts|src\/io\/(?:fields|place|text)\.ts|scripts\/import\/community\.ts)/
/** Attributes and props that a person reads or hears. */
const SHOWN
  = /^(?:aria-(?:label|description|roledescription|valuetext)|placeholder|title|alt|label|text|small|hint|legend|summary|note|reason)$/
/** Keys of a keyboard are called by their own names. */
const KEYBOARD = new Set(['Enter', 'Del', 'Shift', 'Ctrl', 'Esc', 'Tab'])

/** The keys a string can stand for; a hole of a template literal is one part or more. */
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

  it('that are asked for exist', () => {
    const missing = asked.filter(l => /^(?:t|te|list)$/.test(l.given ?? '') && keysOf(l.text).length === 0)
    expect(missing.map(where)).toEqual([])
    expect(asked.filter(l => areas.has(area(l.text))).length).toBeGreaterThan(900)
  })

  it('of the files that are read whole are used', () => {
    const named = new Set(FOLDERS.flatMap(sources).flatMap(namesIn))
    const names = keys.filter(k => /^(?:time|worker|resident|deliver)\./.test(k)).flatMap(k => k.split('.').slice(1)).filter(part => !/^\d+$/.test(part))
    expect([...new Set(names)].filter(name => !named.has(name))).toEqual([])
  })

  it('get every placeholder filled', () => {
    const lacking = all.filter(l => l.given === 't' && l.names !== null).flatMap((l) => {
      const wanted = [...new Set([...(zh.get(l.text) ?? '').matchAll(/\{(\w+)\}/g)].map(m => m[1]!))]
      return wanted.filter(name => !(l.names ?? []).includes(name)).map(name => `${where(l)} {${name}}`)
    })
    expect(lacking).toEqual([])
  })
})

describe('hard-coded words', () => {
  it('in Chinese stand nowhere in the code', () => {
    const found = all.filter(l => /[\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u.test(l.text) && !DATA.test(l.file))
    expect(found.map(where)).toEqual([])
  })

  it('in English stand between no tags', () => {
    const found = all.filter(l => l.at === 'text' && /\p{L}{2}/u.test(l.text) && !KEYBOARD.has(l.text.trim()))
    expect(found.map(where)).toEqual([])
  })

  it('in English stand in no attribute that is shown', () => {
    const shown = all.filter(l => SHOWN.test(l.attribute ?? '') && keysOf(l.text).length === 0)
    const words = shown.filter(l =>
      l.at === 'attribute' ? /\p{L}/u.test(l.text) : /\p{L}{2}.*\s\p{L}|^\p{Lu}\p{Ll}/u.test(l.text),
    )
    expect(words.map(where)).toEqual([])
  })

  it('in English are said by no notice', () => {
    expect(all.filter(l => /(?:^|\.)say$/.test(l.given ?? '') && /\s|^\p{Lu}/u.test(l.text)).map(where)).toEqual([])
  })

  it('would be found', () => {
    const kinds = new Set(all.map(l => l.at))
    expect([...kinds].sort()).toEqual(['attribute', 'code', 'text'])
    expect(all.filter(l => l.attribute === 'aria-label').length).toBeGreaterThan(20)
  })
})
