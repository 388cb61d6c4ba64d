import type { NoticeKind } from '../../../src/domain/words.ts'
import type { Locale, Message, RobotContent, RobotText } from './ports.ts'
import en from './words/en.json' with { type: 'json' }
import zh from './words/zh-CN.json' with { type: 'json' }

/** The texts of a language. A kind of notice without words in both files does not compile. */
type Words = typeof zh & { title: Record<NoticeKind, string>, robot: { count: Record<NoticeKind, string> } }
const WORDS: Record<Locale, Words> = { 'zh-CN': zh, en }

/** `11-26 14:00` at Asia/Shanghai (+08:00, no summer time), whatever zone this process is set to. */
export function clock(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3600e3).toISOString().slice(5, 16).replace('T', ' ')
}

/** Whole days from the day of one moment to that of another, at Asia/Shanghai. */
function daysBetween(from: string, to: string): number {
  const [a, b] = [from, to].map(iso => Math.floor((Date.parse(iso) + 8 * 3600e3) / 86400e3)) as [number, number]
  return b - a
}

/**
 * The shift's span: `11-26 14:00–17:00`, `11-26 20:00–24:00`, `11-26 22:00–次日 02:00`, and the date of an end that is
 * more than a day later; '' if it has none. As `spanText` of src/domain/timeText.ts, which is missing here.
 */
export function span(m: Pick<Message, 'starts_at' | 'ends_at'>, locale: Locale): string {
  if (!m.starts_at || !m.ends_at) return ''
  const days = daysBetween(m.starts_at, m.ends_at)
  const [day, end] = [clock(m.ends_at), clock(m.ends_at).slice(6)]
  const next = end === '00:00' ? '24:00' : WORDS[locale].nextDay.replace('{clock}', end)
  return `${clock(m.starts_at)}–${days <= 0 ? end : days === 1 ? next : day}`
}

/** What the notice is about, in general words for a kind that only a newer database knows; a drill has its mark. */
export function titleOf(m: Message, locale: Locale): string {
  const { drill, title, other } = WORDS[locale]
  return (m.drill ? drill : '') + ((title as Partial<Record<string, string>>)[m.kind] ?? other)
}

/** The span, and of a move the one before it. */
function change(m: Message, locale: Locale): string {
  const was = span({ starts_at: m.was_starts_at ?? null, ends_at: m.was_ends_at ?? null }, locale)
  const now = span(m, locale)
  return was ? WORDS[locale].moved.replace('{was}', was).replace('{now}', now) : now
}

/** Where and when, without a name. `more` = how many other notices this one stands for. */
export function bodyOf(m: Message, locale: Locale, more: number): string {
  const place = [m.place_name, m.post_name].filter(Boolean).join(' ')
  const others = more > 0 ? WORDS[locale].more.replace('{n}', String(more)) : ''
  return [place, change(m, locale)].filter(Boolean).join(' · ') + others
}

/** The two answers a notification offers. */
export function actionsOf(locale: Locale): { action: 'accept' | 'decline', title: string }[] {
  const { accept, decline } = WORDS[locale]
  return [{ action: 'accept', title: accept }, { action: 'decline', title: decline }]
}

/** What a group robot says, in Chinese: counts, never a person. */
export function robotText(content: RobotContent, community: string, app: string): RobotText {
  const { robot, drill } = WORDS['zh-CN']
  const title = robot.title.replace('{community}', () => community)
  if (content.test) return { title, lines: [robot.test] }
  const count = (kind: string, n: number): string =>
    (robot.count[kind as NoticeKind] ?? robot.other).replace('{n}', String(n))
  const counts = Object.entries(content.counts ?? {}).map(([kind, n]) => count(kind, n))
  const open = app ? robot.openAt.replace('{url}', () => app) : robot.open
  return { title: (content.drill === 'yes' ? drill : '') + title, lines: [...counts, open] }
}

/** The three variables of an SMS template: what, where, when. Providers take at most 35 characters each. */
export function smsWords(m: Message): { what: string, place: string, time: string } {
  const { sms } = WORDS['zh-CN']
  const short = (text: string): string => [...text].slice(0, 35).join('')
  return {
    what: short(titleOf(m, 'zh-CN')),
    place: short([m.place_name, m.post_name].filter(Boolean).join(' ') || sms.place),
    time: short(span(m, 'zh-CN') || sms.time),
  }
}
