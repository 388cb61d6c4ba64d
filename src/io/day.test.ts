import { describe, expect, it } from 'vitest'
import { readDay } from './day.ts'

describe('a day as people write it', () => {
  it.each([
    ['2021-07-01', '2021-07-01'],
    ['2021/7/1', '2021-07-01'],
    ['2021.7.1', '2021-07-01'],
    ['２０２１年７月１日', '2021-07-01'],
    ['2021 年 7 月 1 日', '2021-07-01'],
    ['20210701', '2021-07-01'],
    ['2021-07-01 00:00:00', '2021-07-01'],
  ])('%s is plain', (said, day) => expect(readDay(said)).toEqual({ day, worked: false }))
  it.each([
    ['2021年7月', '2021-07-01', '2021-07-31'],
    ['2024.2', '2024-02-01', '2024-02-29'],
    ['2021', '2021-01-01', '2021-12-31'],
    ['2021年', '2021-01-01', '2021-12-31'],
  ])('%s is its first day, or its last', (said, first, last) => {
    expect(readDay(said)).toEqual({ day: first, worked: true })
    expect(readDay(said, true)).toEqual({ day: last, worked: true })
  })
  it.each(['', '去年', '2021-13-01', '2021-02-30', '7月1日', '44378', '2021-07-01至2024-06-30'])('%s is none', (said) => {
    expect(readDay(said)).toBeNull()
  })
})
