import type { PartnerUnitKind } from './words.ts'
import { expect, it } from 'vitest'
import { unitTwins } from './unitTwins.ts'

const unit = (name: string, kind: PartnerUnitKind = 'unknown', state: 'active' | 'ended' = 'active') =>
  ({ id: name, name, kind, state })
const found = (...units: ReturnType<typeof unit>[]): string[][] =>
  unitTwins(units).map(t => [t.from.name, t.into.name])

it.each([
  ['the same but for spaces and signs', '区住建局（机关）', '区住建局 (机关)', true],
  ['one inside the other', '三江物流', '三江物流宁海站', true],
  ['a short word inside another name', '二中', '第二中学二中部', false],
  ['other names', '宁工科技', '宁海科技', false],
])('%s', (_, a, b, is) => {
  expect(found(unit(a), unit(b, 'enterprise'))).toEqual(is ? [[a, b]] : [])
})

it('proposes a pair of two listed records once, and rather the one that somebody has looked at', () => {
  expect(found(unit('三江物流'), unit('三江物流站'))).toEqual([['三江物流', '三江物流站']])
  expect(found(unit('三江物流'), unit('三江物流站'), unit('三江物流宁海站', 'platform'))).toEqual([
    ['三江物流', '三江物流宁海站'],
  ])
})

it('leaves alone what is known, and what has ended', () => {
  expect(found(unit('三江物流', 'enterprise'), unit('三江物流站', 'platform'))).toEqual([])
  expect(found(unit('三江物流'), unit('三江物流站', 'platform', 'ended'))).toEqual([])
})
