import type { IconName, StateColour } from '#components/ui/kit.ts'
import type { VerdictStatus } from '#domain/codes.ts'
import type { TimeWords } from '#domain/timeText.ts'
import type { Say } from '#i18n/keys.ts'
import type { CardMessage } from '#queries/messageRows.ts'
import { momentText } from '#domain/timeText.ts'
import { intentKey, knownCode } from '#i18n/known.ts'
import { takenBy } from '../duty/lostWords.ts'

export interface Words { st: StateColour, icon: IconName, label: string, title: string, lines: string[] }

const EVENTS = [
  'no_relief',
  'relief_late',
  'handover_forced',
  'taken_over',
  'disputed',
  'mode_expiring',
  'mode_expired',
  'left_community',
  'help_request',
  'reset_issued',
  'appointed',
  'record_joined',
  'stand_in_refused',
] as const

function detailLines(detail: Record<string, unknown> | null, now: number, words: TimeWords, t: Say): string[] {
  const taken = takenBy(detail).slice(0, 3).map(p =>
    t('me.messages.taken', { name: p.name ?? t('me.event.somebody'), at: momentText(p.at, now, words) }),
  )
  const people = Array.isArray(detail?.people) ? (detail.people as { name: string }[]).map(p => p.name) : []
  return [...taken, ...(people.length ? [people.join(t('shell.listComma'))] : [])]
}

function verdictWords(
  status: string,
  code: string | null,
  name: string,
  detail: Record<string, unknown> | null,
  now: number,
  words: TimeWords,
  t: Say,
): Words {
  const known = knownCode(code)
  const looks: Record<VerdictStatus, [StateColour, IconName]> = {
    applied: ['wait', 'info'],
    refused: ['vac', 'st-refused'],
    failed: ['vac', 'st-refused'],
  }
  const [st, icon] = looks[status as VerdictStatus] ?? looks.failed
  const label = t(status === 'applied' ? 'me.messages.applied' : 'me.messages.refused', { intent: t(intentKey(name)) })
  return {
    st,
    icon,
    label,
    title: t(`codes.verdict.${known}.text`),
    lines: [...detailLines(detail, now, words, t), t(`codes.verdict.${known}.next`)],
  }
}

/** What a message says. */
export function messageWords(m: CardMessage, now: number, words: TimeWords, t: Say): Words {
  switch (m.kind) {
    case 'verdict':
      return verdictWords(m.verdict.status, m.verdict.code, m.verdict.name, m.verdict.detail, now, words, t)
    case 'assigned':
      return {
        st: 'wait',
        icon: 'st-wait',
        label: t('duty.pill.assigned'),
        title: t('me.messages.assigned'),
        lines: [],
      }
    case 'released':
      return {
        st: 'idle',
        icon: 'st-full',
        label: t('duty.pill.released'),
        title: t('me.messages.released'),
        lines: [t('me.messages.releasedNote')],
      }
    case 'stood_by':
      return {
        st: 'idle',
        icon: 'st-full',
        label: t('me.messages.stoodByLabel'),
        title: t('duty.full.stoodBy'),
        lines: [t('duty.full.noFault')],
      }
    case 'lead_event': {
      const kind = EVENTS.find(k => k === m.event.kind) ?? 'other'
      const word = (key: string): string => typeof m.event.detail?.[key] === 'string' ? m.event.detail[key] : ''
      const text = typeof m.event.detail?.text === 'string' ? [m.event.detail.text] : []
      return {
        st: 'hand',
        icon: 'flag',
        label: t('me.messages.lead'),
        title: t(`me.event.${kind}`, {
          name: m.event.name ?? t('me.event.somebody'),
          by: word('by_name'),
          place: word('place_name'),
        }),
        lines: text,
      }
    }
    case 'dead_letter': {
      const name = m.letter.person_name ?? t('me.event.somebody')
      const why = t(m.letter.code === 'skipped' ? 'me.messages.deadSkipped' : 'me.messages.deadText', { name })
      return {
        st: 'vac',
        icon: 'st-refused',
        label: t('me.messages.dead'),
        title: t('me.messages.deadTitle', { name, intent: t(intentKey(m.letter.name)) }),
        lines: [why, t('me.messages.deadDo', { name, ref: m.id.slice(-8) })],
      }
    }
  }
}
