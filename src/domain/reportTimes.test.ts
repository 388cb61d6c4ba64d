import { describe, expect, it } from 'vitest'
import { fitsOf, TIME_CHOICES, timesOf } from './reportTimes.ts'
import { HOUR_CODES } from './weekParts.ts'

describe('when somebody can serve', () => {
  it('is said by four choices that hold the whole week between them, each part once', () => {
    expect(fitsOf(TIME_CHOICES)).toEqual(HOUR_CODES)
    expect(TIME_CHOICES.flatMap(choice => fitsOf([choice])).sort()).toEqual([...HOUR_CODES].sort())
  })

  it('goes by its own line on public holidays, like a weekend', () => {
    expect(fitsOf(['weekend'])).toEqual([
      'sat.day', 'sat.evening', 'sun.day', 'sun.evening', 'holiday.day', 'holiday.evening',
    ])
    expect(fitsOf(['workday'])).toEqual(['mon.day', 'tue.day', 'wed.day', 'thu.day', 'fri.day'])
    expect(fitsOf([])).toEqual([])
  })

  it('is told again by the same choices', () => {
    for (const choice of TIME_CHOICES) {
      expect(timesOf(fitsOf([choice]))).toEqual({ choices: [choice], others: false })
    }
    expect(timesOf(null)).toEqual({ choices: [], others: false })
  })

  it('has other parts, where a week was ticked by hand', () => {
    expect(timesOf(['sat.day'])).toEqual({ choices: [], others: true })
    expect(timesOf([...fitsOf(['evening']), 'sat.day'])).toEqual({ choices: ['evening'], others: true })
  })
})
