import type { LeadEvent } from '#domain/rows.ts'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { leadEventPage, leadEventText } from '#views/board/leadEventWords.ts'
import { messages } from './messages.ts'

const sql = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../supabase/schemas/${name}`, import.meta.url)), 'utf8')
/** The quoted words that follow `from`, up to `to`. */
const listed = (text: string, from: string, to: string): string[] => {
  const start = text.indexOf(from) + from.length
  return [...text.slice(start, text.indexOf(to, start)).matchAll(/'(\w+)'/g)].map(m => m[1]!)
}
const kinds = listed(sql('00_base/20_words.sql'), 'create type app.notice_kind as enum (', ')')
const events = listed(sql('30_sync/10_mark_and_stamp.sql'), 'function private.for_leads', '$$;')
const event = (kind: string): LeadEvent => ({
  id: 'e', community_id: 'c', kind, shift_id: null, responder_id: 'r', callout_id: null, drill: 'no', starts_at: null,
  ends_at: null, name: '罗远山', at: '2026-11-28T12:00:00Z',
  detail: { by_name: '陈立群', place_name: '梧桐苑', role: 'coordinator', level: 'street', missing: 2, people: 2 },
})

it('the lists of the database are read', () => {
  expect(kinds).toContain('cancelled')
  expect(kinds.length).toBeGreaterThan(20)
  expect(events).toContain('no_relief')
  expect(events.length).toBeGreaterThan(15)
})

describe.each(['zh-CN', 'en'] as const)('words for every kind, %s', (language) => {
  const words = messages(language)
  const say = (key: string, named: Record<string, unknown> = {}): string =>
    words.get(key)!.replace(/\{(\w+)\}/g, (hole, name: string) => name in named ? String(named[name]) : hole)

  it.each(kinds)('notice %s: the card, the push, the group', (kind) => {
    for (const key of [`notice.kind.${kind}`, `deliver.title.${kind}`, `deliver.robot.count.${kind}`])
      expect(words.get(key), key).toMatch(/\S/)
  })
  it.each(events)('event %s: a sentence of its own, with nothing left open', (kind) => {
    const said = leadEventText(event(kind), say as never)
    expect(said).not.toBe(words.get('board.events.other'))
    expect(said).toMatch(/\S/)
    expect(said).not.toMatch(/[{}]|undefined|null/)
    expect(leadEventText({ ...event(kind), drill: 'yes' }, say as never)).toBe(words.get('shell.mode.drillMark') + said)
  })
  it('a kind of a newer server has general words, without its code', () => {
    expect(leadEventText(event('from_next_year'), say as never)).toBe(words.get('board.events.other'))
    expect(leadEventPage(event('from_next_year'), null)).toEqual({ name: 'board', query: {} })
  })
})

/** Kinds that are told whole by their card. */
const WHOLE = ['help_request', 'door_feedback', 'member_feedback', 'appointed']
it.each(events)('event %s has one action, but for what its card tells whole', (kind) => {
  expect(leadEventPage(event(kind), null) === null).toBe(WHOLE.includes(kind))
})
it('去看看 opens the place or the person that the event is about', () => {
  expect(leadEventPage(event('support_asked'), 'u')).toEqual({ name: 'board', query: { at: 'u' } })
  expect(leadEventPage(event('record_joined'), null)).toEqual({ name: 'people', query: { person: 'r' } })
  expect(leadEventPage({ ...event('reset_issued'), responder_id: null }, null)).toBeNull()
})
