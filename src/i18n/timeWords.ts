import type { TimeWords } from '#domain/timeText.ts'
import en from './en/time.json' with { type: 'json' }
import { fill } from './keys.ts'
import zh from './zh-CN/time.json' with { type: 'json' }

/** '2 小时 28 分', '12 分钟': days with hours, else hours with minutes; parts that are 0 are left out. */
function amount(l: { days: number, hours: number, minutes: number }, unit: typeof zh.unit): string {
  const parts: [number, string][] = l.days > 0
    ? [[l.days, unit.days], [l.hours, unit.hours]]
    : [[l.hours, unit.hours], [l.minutes, unit.minutes]]
  const named = parts.filter(([n]) => n > 0).map(([n, word]) => `${n} ${word}`)
  if (l.days === 0 && l.hours === 0) return `${l.minutes} ${unit.minutesOnly}`
  return named.join(' ')
}

function wordsOf(json: typeof zh): TimeWords {
  return {
    ...json,
    date: p => fill(json.date, { month: json.months[p.month - 1] ?? '', day: p.day }),
    nextDay: clock => fill(json.nextDay, { clock }),
    left: a => fill(json.left, { amount: a }),
    ago: a => fill(json.ago, { amount: a }),
    amount: l => amount(l, json.unit),
  }
}

export const zhTime: TimeWords = wordsOf(zh)
export const enTime: TimeWords = wordsOf(en)

/** The word set of an interface language; zh-CN for anything unknown. */
export function timeWords(locale: string): TimeWords {
  return locale.startsWith('en') ? enTime : zhTime
}
