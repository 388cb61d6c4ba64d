import type { RouteLocationRaw } from 'vue-router'
import type { LeadEvent } from '#domain/rows.ts'
import type { Say } from '#i18n/keys.ts'
import type { LeadEventKind } from '#queries/foldMessages.ts'
import { storedName } from '#i18n/storedName.ts'
import shell from '#i18n/zh-CN/shell.json' with { type: 'json' }

/**
 * The page where each event is acted upon: of a place on the board, of a person in the list. A new kind does not
 * compile until it has one.
 */
const PAGES: Record<LeadEventKind, 'board' | 'mode' | 'people' | null> = {
  no_relief: 'board',
  relief_late: 'board',
  handover_forced: 'board',
  taken_over: 'board',
  disputed: 'board',
  not_arrived: 'board',
  unconfirmed: 'board',
  escalated: 'board',
  rung_skipped: 'board',
  unfilled: 'board',
  reinforcement_asked: 'board',
  reinforcement_answered: 'board',
  stand_in_refused: 'board',
  support_asked: 'board',
  away_on_duty: 'board',
  mode_expiring: 'mode',
  mode_expired: 'mode',
  left_community: 'board', // the person is on no list any more; their places are open
  account_closed: 'board',
  reset_issued: 'people',
  appointed: null, // who holds a role is on no list; the card names both people and the place
  record_joined: 'people',
  help_request: null, // its card shows the contact
  door_feedback: null, // its card shows the words
  member_feedback: null, // as well
}

/** The kind of an event; null for one that only a newer server knows. */
function kindOf(event: LeadEvent): LeadEventKind | null {
  return Object.hasOwn(PAGES, event.kind) ? event.kind as LeadEventKind : null
}

/** The word of a closed list; '' for one that this app does not know. */
function word<W extends string>(words: Record<W, string>, said: unknown, say: (word: W) => string): string {
  return typeof said === 'string' && Object.hasOwn(words, said) ? say(said as W) : ''
}

/** The name of a person; 有人 where the event holds none. */
function nameIn(name: unknown, t: Say): string {
  return typeof name === 'string' ? storedName(name, t) : t('shell.person.somebody')
}

/** What happened, in one sentence with the names of today; general words for a kind that this app does not know. */
export function leadEventText(event: LeadEvent, t: Say): string {
  const { name, drill } = event
  const { by_name, place_name, role, level, missing, people } = event.detail ?? {}
  const named = {
    name: nameIn(name, t),
    by: nameIn(by_name, t),
    place: typeof place_name === 'string' ? place_name : '',
    role: word(shell.role, role, w => t(`shell.role.${w}`)),
    level: word(shell.level, level, w => t(`shell.level.${w}`)),
    n: Number(missing ?? people ?? 0),
  }
  return (drill === 'yes' ? t('shell.mode.drillMark') : '') + t(`board.events.${kindOf(event) ?? 'other'}`, named)
}

/** The page where the event is acted upon, at its `unit` or person; null = to know it is all there is to do. */
export function leadEventPage(event: LeadEvent, unit: string | null): RouteLocationRaw | null {
  const page = PAGES[kindOf(event) ?? 'not_arrived']
  if (page === 'board') return { name: 'board', query: unit === null ? {} : { at: unit } }
  // a login that serves nowhere is on no list of people
  if (page === 'people') return event.responder_id && { name: 'people', query: { person: event.responder_id } }
  return page && { name: page }
}
