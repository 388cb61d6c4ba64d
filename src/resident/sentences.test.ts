import { describe, expect, it } from 'vitest'
import { modeLine, nextPeople, nextWhen, personLine, readAloud, whereLine } from './sentences.ts'
import { ANSWER } from './testing/answer.ts'
import { chooseWords, enWords as en, zhCN } from './words.ts'

const [known, unnamed] = ANSWER.now_on as [typeof ANSWER.now_on[number], typeof ANSWER.now_on[number]]
const next = ANSWER.next!

describe('what a resident reads', () => {
  it('shows the agreed name with role and post, else only the post', () => {
    expect(personLine(known, false, ANSWER.now, zhCN)).toEqual({
      mark: '王',
      name: '王老师',
      what: '党员志愿者 · 单元门岗',
      until: '至 17:00',
    })
    expect(personLine(unnamed, false, ANSWER.now, zhCN)).toEqual({
      mark: '值',
      name: '值守人员',
      what: '楼内巡访',
      until: '至 明天 02:00',
    })
    expect(personLine(known, true, ANSWER.now, zhCN).until).toBe('原定至 17:00')
    expect(personLine(known, false, ANSWER.now, en)).toMatchObject({
      what: 'Party member volunteer · 单元门岗',
      until: 'until 17:00',
    })
  })

  it('says who comes next, counting those without a name, and the day when it is another', () => {
    expect(nextPeople(next.people, zhCN)).toEqual(['李老师、', '值守人员 1 人'])
    expect(nextPeople(next.people, en).join('')).toBe('李老师, 1 person on duty')
    expect(nextWhen(next, ANSWER.now, zhCN)).toBe('17:00–20:00')
    expect(nextWhen({ ...next, starts_at: '2026-11-23T21:00:00Z', ends_at: '2026-11-24T00:00:00Z' }, ANSWER.now, zhCN))
      .toBe('明天 05:00–08:00')
    expect(nextWhen({ ...next, starts_at: '2026-11-23T15:00:00Z', ends_at: '2026-11-23T18:00:00Z' }, ANSWER.now, zhCN))
      .toBe('23:00–次日 02:00')
  })

  it('names the place and the mode', () => {
    expect(whereLine(ANSWER)).toBe('宁海路街道 梧桐里社区 · 第一网格')
    expect(whereLine({ ...ANSWER, grid: null, street: null })).toBe('梧桐里社区')
    expect(modeLine(ANSWER, zhCN)).toBe('应急响应中 · 寒潮冰冻Ⅲ级 · 陈立群 开启 · 11月25日 周三 18:00 到期')
    expect(modeLine({ ...ANSWER, mode: null }, en)).toBe('Ordinary times · on duty by roster')
  })

  it('reads the page aloud, and says when it is old', () => {
    expect(readAloud(ANSWER, false, zhCN)).toBe(
      '梧桐苑 6栋。现在值班。王老师，党员志愿者 · 单元门岗，至 17:00。值守人员，楼内巡访，至 明天 02:00。下一班，17:00 到 20:00，李老师、值守人员 1 人。社区值班室电话：025-0083 0016。',
    )
    const night = { ...next, starts_at: '2026-11-23T15:00:00Z', ends_at: '2026-11-23T18:00:00Z' }
    expect(readAloud({ ...ANSWER, next: night }, false, zhCN)).toContain('下一班，23:00 到 次日 02:00，')
    const early = { ...next, starts_at: '2026-11-23T21:00:00Z', ends_at: '2026-11-24T00:00:00Z' }
    expect(readAloud({ ...ANSWER, next: early }, false, zhCN)).toContain('下一班，明天 05:00 到 08:00，')
    expect(readAloud({ ...ANSWER, now_on: [], next: null }, false, zhCN)).toContain('本时段由社区值班室负责')
    expect(readAloud(ANSWER, true, zhCN)).toContain('14:32 时在值班')
    expect(readAloud(ANSWER, false, en)).toMatch(/^梧桐苑 6栋\. On duty now\. .*Community duty room: 025-0083 0016\.$/)
  })
})

describe('language', () => {
  it.each([
    ['?lang=en', ['zh-CN'], 'en'],
    ['', ['en-GB', 'zh'], 'en'],
    ['', ['fr', 'zh-TW'], 'zh-CN'],
    ['', ['fr'], 'zh-CN'],
    ['?x=1&lang=zh-CN', ['en'], 'zh-CN'],
    ['', [], 'zh-CN'],
  ])('%s %j → %s', (search, languages, lang) => expect(chooseWords(search, languages).lang).toBe(lang))
})
