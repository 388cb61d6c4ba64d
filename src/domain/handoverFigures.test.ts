import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { doorCodeOf } from './doorCode.ts'
import { handoverFigures, typedFigures, whoseFigures } from './handoverFigures.ts'

const spoken = fc.oneof(
  fc.record({ kind: fc.constant('give' as const), from: fc.uuid() }),
  fc.record({ kind: fc.constant('take' as const), from: fc.uuid(), to: fc.uuid() }),
)

describe('the six figures said aloud', () => {
  it('are read as a person types them', () => {
    fc.assert(fc.property(spoken, (s) => {
      const f = handoverFigures(s)
      expect(f).toMatch(/^\d{6}$/)
      expect(typedFigures(`${f.slice(0, 3)} ${f.slice(3)}`)).toBe(f)
      expect(typedFigures([...f].map(d => String.fromCharCode(0xFF10 + Number(d))).join(''))).toBe(f)
    }))
  })
  it('show every wrong digit, every exchange of neighbours and every missing or extra digit', () => {
    fc.assert(fc.property(spoken, fc.nat(5), fc.nat(9), fc.nat(4), (s, i, d, k) => {
      const f = handoverFigures(s)
      const wrong = f.slice(0, i) + d + f.slice(i + 1)
      if (wrong !== f) expect(typedFigures(wrong)).toBeNull()
      const swapped = f.slice(0, k) + f[k + 1] + f[k] + f.slice(k + 2)
      if (swapped !== f) expect(typedFigures(swapped)).toBeNull()
      expect(typedFigures(f.slice(1))).toBeNull()
      expect(typedFigures(`${f}${d}`)).toBeNull()
    }), { numRuns: 1000 })
  })
  it('find their person among the candidates, and nobody for a foreign code', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 5 }), fc.uuid(), (ids, from) => {
      const of = (to: string) => ({ kind: 'take' as const, from, to })
      const codes = new Map(ids.map(to => [handoverFigures(of(to)), to]))
      fc.pre(codes.size === ids.length)
      for (const to of ids) expect(whoseFigures(handoverFigures(of(to)), ids, of)).toBe(to)
      const other = handoverFigures({ kind: 'give', from })
      if (!codes.has(other)) expect(whoseFigures(other, ids, of)).toBeNull()
    }))
  })
})

describe('the code at a door', () => {
  it('is found in its link and in what a person types', () => {
    for (
      const text of [
        'https://hs.example.cn/b/d00rc0de11',
        '/b/D00RC0DE11?x=1',
        'doorcodell',
        ' d00rc-0de11 ',
        'Ｄ００ＲＣ０ＤＥ１１',
      ]
    ) expect(doorCodeOf(text), text).toBe('D00RC0DE11')
  })
  it('is nothing else', () => {
    for (const text of ['', 'D00RC0DE1', 'D00RC0DE111', 'D00RC0DEU1', 'https://example.org/x/D00RC0DE11'])
      expect(doorCodeOf(text), text).toBeNull()
  })
})
