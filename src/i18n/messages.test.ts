import { describe, expect, it } from 'vitest'
import { en } from './en/index.ts'
import { zh } from './zh-CN/index.ts'

function flat(tree: object, at = ''): Map<string, string> {
  return new Map(Object.entries(tree).flatMap(([k, v]) => typeof v === 'string' ? [[`${at}${k}`, v] as const] : [...flat(v as object, `${at}${k}.`)]))
}
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()

describe('interface messages', () => {
  const zhFlat = flat(zh)
  const enFlat = flat(en)

  it('has the same keys in both languages', () => {
    expect([...enFlat.keys()].sort()).toEqual([...zhFlat.keys()].sort())
    expect(zhFlat.size).toBeGreaterThan(100)
  })

  it('fills the same placeholders in both languages', () => {
    for (const [key, text] of zhFlat) expect(placeholders(enFlat.get(key) ?? ''), key).toEqual(placeholders(text))
  })

  it('leaves no text empty and none in the wrong language', () => {
    for (const [key, text] of zhFlat) expect(text.trim(), key).not.toBe('')
    for (const [key, text] of enFlat) expect(text, key).not.toMatch(/\p{Script=Han}/u)
  })
})
