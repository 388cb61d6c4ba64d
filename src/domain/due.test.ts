import { expect, it } from 'vitest'
import { dueCases } from '../../tests/vectors/rules.ts'
import { asksEta } from './due.ts'
import { ms } from './time.ts'

it.each(dueCases)('$name: asks for minutes? $asks', ({ now, starts, asks, due }) => {
  expect(asksEta({ starts_at: starts }, now)).toBe(asks)
  expect(asksEta({ starts_at: starts }, ms(now))).toBe(asks)
  if (!asks) expect(ms(due), 'what is not asked is promised for the start').toBe(ms(starts))
})
