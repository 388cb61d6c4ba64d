import type { TimeWords } from './timeText.ts'

const EN_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Joins the parts that count: days with hours, else hours with minutes. */
function amount(l: { days: number, hours: number, minutes: number }, d: string, h: string, m: string): string {
  const parts: [number, string][] = l.days > 0
    ? [
        [l.days, d],
        [l.hours, h],
      ]
    : [[l.hours, h], [l.minutes, m]]
  const said = parts.filter(([n]) => n > 0).map(([n, unit]) => `${n} ${unit}`)
  return said.length > 0 ? said.join(' ') : `0 ${m}`
}

export const zhTime: TimeWords = {
  date: p => `${p.month}月${p.day}日 {weekday}`,
  weekday: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
  today: '今天',
  tonight: '今晚',
  tomorrow: '明天',
  yesterday: '昨天',
  nextDay: clock => `次日 ${clock}`,
  left: a => `还有 ${a}`,
  ago: a => `${a}前`,
  amount: l => amount(l, '天', '小时', '分'),
}

export const enTime: TimeWords = {
  date: p => `{weekday} ${p.day} ${EN_MONTHS[p.month - 1]}`,
  weekday: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  today: 'today',
  tonight: 'tonight',
  tomorrow: 'tomorrow',
  yesterday: 'yesterday',
  nextDay: clock => `${clock} next day`,
  left: a => `in ${a}`,
  ago: a => `${a} ago`,
  amount: l => amount(l, 'd', 'h', 'min'),
}

/** The word set of an interface language; zh-CN for anything unknown. */
export function timeWords(locale: string): TimeWords {
  return locale.startsWith('en') ? enTime : zhTime
}
