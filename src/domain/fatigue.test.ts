import { expect, it } from 'vitest'
import { fatigueCases } from '../../tests/vectors/fatigue.ts'
import { fatigueOf } from './fatigue.ts'

it.each(fatigueCases())('$name', ({ turns, shift, fatigue }) => expect(fatigueOf(turns, shift)).toEqual(fatigue))

it('does not mind the order of turns', () => {
  for (const { turns, shift, fatigue } of fatigueCases())
    expect(fatigueOf([...turns].reverse(), shift)).toEqual(fatigue)
})
