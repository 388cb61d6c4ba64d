import table from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { holidayTable, isRestDay } from '#domain/restDays.ts'
import { atShanghai, DAY, dayKey } from '#domain/time.ts'
import { readHolidayNotice, yearOfNotice } from './holidayNotice.ts'

/** The notices as published (国办发明电), lists only. */
const NOTICES: Record<number, string> = {
  2023: `一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。`,
  2025: `一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。`,
  2026: `国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。`,
}

describe('the notice of holidays', () => {
  it('a worked weekend behind a comma is not lost', () => {
    const { days, doubts } = readHolidayNotice('一、元旦：1月1日至3日放假调休，共3天，1月4日（周日）上班。', 2026)
    expect(days.map(d => `${d.day.slice(5)} ${d.kind}`)).toEqual([
      '01-01 rest', '01-02 rest', '01-03 rest', '01-04 work',
    ])
    expect(doubts).toEqual([])
  })

  it.each(Object.keys(NOTICES).map(Number))('%i: every day of the year is what the published calendar says', (year) => {
    const notice = readHolidayNotice(NOTICES[year]!, year)
    const read = holidayTable(notice.days)
    const first = atShanghai(`${year}-01-01`)
    const days = Array.from({ length: 366 }, (_, i) => dayKey(first + i * DAY)).filter(d => d.startsWith(String(year)))
    expect(days.filter(day => isRestDay(day, read) !== isRestDay(day, table))).toEqual([])
    expect(notice.doubts).toEqual([])
  })

  it('a day before the new year keeps its own year, and the title tells which year it is', () => {
    expect(readHolidayNotice(NOTICES[2023]!, 2023).days.slice(0, 3)).toEqual([
      { day: '2022-12-31', kind: 'rest', name: '元旦' },
      { day: '2023-01-01', kind: 'rest', name: '元旦' },
      { day: '2023-01-02', kind: 'rest', name: '元旦' },
    ])
    expect([yearOfNotice(NOTICES[2026]!), yearOfNotice(NOTICES[2025]!)]).toEqual([2026, null])
  })

  it('says what does not add up: the wrong year, a slip in a count, a date that is none', () => {
    const codes = (text: string, year: number): string[] => readHolidayNotice(text, year).doubts.map(d => d.code)
    expect(codes(NOTICES[2026]!, 2027)).toContain('weekday')
    expect(codes('一、元旦：1月1日至2日放假，共3天。', 2027)).toEqual(['count'])
    expect(readHolidayNotice('一、清明节：2月30日放假，共1天。', 2027)).toMatchObject({
      days: [], doubts: [{ code: 'count', said: 1, days: 0 }],
    })
  })

  it('reads full-width figures and one line, and nothing out of other text', () => {
    const line = '一、元旦：１月１日至３日放假调休，共３天。１月４日（周日）上班。二、清明节：４月５日放假，共1天。'
    expect(readHolidayNotice(line, 2026).days.map(d => `${d.day} ${d.kind} ${d.name}`)).toEqual([
      '2026-01-01 rest 元旦', '2026-01-02 rest 元旦', '2026-01-03 rest 元旦', '2026-01-04 work 元旦',
      '2026-04-05 rest 清明节',
    ])
    expect(readHolidayNotice('明天放假，周六上班。', 2026).days).toEqual([])
  })

  it('a slip of the pen makes no endless list', () => {
    expect(readHolidayNotice('一、春节：1月21日至12月27日放假。', 2026).days.length).toBeLessThanOrEqual(32)
  })
})
