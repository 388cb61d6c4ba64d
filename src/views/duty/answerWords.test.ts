import { expect, it } from 'vitest'
import { zh } from '#i18n/zh-CN/index.ts'
import { outcomeWords, yesWords } from './answerWords.ts'

const say = (key: string): string => key.split('.').reduce<unknown>((at, part) => (at as never)[part], zh) as string

it('promises a contest only where there is one, and a network only where there is none', () => {
  expect(say(yesWords('contest', true))).toContain('联网后自动抢单')
  for (const kind of ['confirm', 'join'] as const) {
    for (const offline of [true, false]) expect(say(yesWords(kind, offline)), kind).not.toContain('抢单')
  }
  for (const kind of ['confirm', 'contest', 'join'] as const)
    expect(say(yesWords(kind, false)), kind).not.toContain('联网后')
})
it('gives way to what the server said', () => {
  expect(outcomeWords('contest', null)).toBeNull()
  expect(outcomeWords('contest', { state: 'pending' })).toBeNull()
  expect(outcomeWords('contest', { state: 'granted' })).toBe('duty.granted.title')
  expect(outcomeWords('confirm', { state: 'granted' })).toBe('duty.said.confirmed')
  expect(outcomeWords('contest', { state: 'answered', code: 'full' })).toBe('codes.verdict.full.text')
})
