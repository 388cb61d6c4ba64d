import type { NoticeKind } from '../../../src/domain/rows.ts'
import type { Locale, Message, RobotContent } from './ports.ts'

type Words = Record<NoticeKind, string>
const TITLES: Record<Locale, Words> = {
  'zh-CN': { offer: '应急召集：请答复', assigned: '有一个班次请您确认', hold: '候补名额为您保留', filled: '已满员，感谢待命', stood_down: '召集已解除', reminder: '值守提醒', promise_due: '请到岗', relief_late: '接班人未到', unconfirmed: '有人未确认', not_arrived: '未到岗（待核实）', no_relief: '岗位无人接班', escalated: '召集已升级', unfilled: '名额仍有空缺', reinforcement: '增援请求', mode_expiring: '应急将到期', mode_expired: '应急已到期' },
  'en': { offer: 'Call-out: please answer', assigned: 'A shift to confirm', hold: 'A place is kept for you', filled: 'Filled, thank you', stood_down: 'Call-out stood down', reminder: 'Duty reminder', promise_due: 'You are expected on post', relief_late: 'Relief is late', unconfirmed: 'Somebody has not confirmed', not_arrived: 'Not arrived (to be checked)', no_relief: 'A post without relief', escalated: 'Call-out escalated', unfilled: 'Places still vacant', reinforcement: 'Request for reinforcement', mode_expiring: 'Emergency mode ends soon', mode_expired: 'Emergency mode has ended' },
}
const COUNTED: Words = { offer: '已邀约 {n} 人', assigned: '已派工 {n} 人', hold: '候补保留 {n} 个', filled: '{n} 人可继续休息', stood_down: '召集已解除', reminder: '值守提醒 {n} 条', promise_due: '应到未到 {n} 人', relief_late: '接班迟到 {n} 处', unconfirmed: '未确认 {n} 人', not_arrived: '未到岗（待核实） {n} 人', no_relief: '无人接班 {n} 处', escalated: '已升级 {n} 次', unfilled: '空岗 {n} 处', reinforcement: '增援请求 {n} 条', mode_expiring: '应急将到期', mode_expired: '应急已到期' }
const DRILL: Record<Locale, string> = { 'zh-CN': '【演练】', 'en': '[Drill] ' }
const MORE: Record<Locale, string> = { 'zh-CN': '，另有 {n} 条', 'en': ', and {n} more' }
const ACTIONS: Record<Locale, [accept: string, decline: string]> = { 'zh-CN': ['接单', '无法到岗'], 'en': ['Accept', 'Cannot come'] }

/** `11-26 14:00` at Asia/Shanghai (+08:00, no summer time). */
export function clock(iso: string): string {
  return new Date(Date.parse(iso) + 8 * 3600e3).toISOString().slice(5, 16).replace('T', ' ')
}

/** Span as `11-26 14:00–17:00`; '' without one. */
export function span(m: Message): string {
  return m.starts_at && m.ends_at ? `${clock(m.starts_at)}–${clock(m.ends_at).slice(6)}` : ''
}

/** What it is, with the drill's mark in front. */
export function titleOf(m: Message, locale: Locale): string {
  return (m.drill ? DRILL[locale] : '') + TITLES[locale][m.kind]
}

/** Where and when; no name. `more` = notices this one speaks for as well. */
export function bodyOf(m: Message, locale: Locale, more: number): string {
  const place = [m.place_name, m.post_name].filter(Boolean).join(' ')
  return [place, span(m)].filter(Boolean).join(' · ') + (more > 0 ? MORE[locale].replace('{n}', String(more)) : '')
}

/** The two answers a notification offers. */
export function actionsOf(locale: Locale): { action: 'accept' | 'decline', title: string }[] {
  const [accept, decline] = ACTIONS[locale]
  return [{ action: 'accept', title: accept }, { action: 'decline', title: decline }]
}

/** What a group robot says: counts, never a person. */
export function robotText(content: RobotContent, community: string, app: string): { title: string, lines: string[] } {
  const link = app ? [`请打开红哨处理：${app}`] : ['请打开红哨处理']
  if (content.test) return { title: `红哨 · ${community}`, lines: ['群消息测试，收到即可使用。'] }
  const counts = Object.entries(content.counts ?? {}).map(([kind, n]) => (COUNTED[kind as NoticeKind] ?? '消息 {n} 条').replace('{n}', String(n)))
  return { title: `${content.drill === 'yes' ? DRILL['zh-CN'] : ''}红哨 · ${community}`, lines: [...counts, ...link] }
}

/** The three words of an SMS template: what, where, when. A provider takes 35 characters each at most. */
export function smsWords(m: Message): { what: string, place: string, time: string } {
  const short = (text: string): string => [...text].slice(0, 35).join('')
  return { what: short(titleOf(m, 'zh-CN')), place: short([m.place_name, m.post_name].filter(Boolean).join(' ') || '本社区'), time: short(span(m) || '现在') }
}
