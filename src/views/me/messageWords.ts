import type { IconName, StateColour } from '#components/ui/kit.ts'
import type { VerdictStatus } from '#domain/codes.ts'
import type { TimeWords } from '#domain/timeText.ts'
import type { Say } from '#i18n/keys.ts'
import type { CardMessage } from '#queries/messageRows.ts'
import { momentText } from '#domain/timeText.ts'
import { intentKey, verdictKey } from '#i18n/known.ts'
import { leadEventText } from '../board/leadEventWords.ts'
import { takenBy } from '../duty/lostWords.ts'

export interface Words { st: StateColour, icon: IconName, label: string, title: string, lines: string[] }

function detailLines(detail: Record<string, unknown> | null, now: number, words: TimeWords, t: Say): string[] {
  const taken = takenBy(detail).slice(0, 3).map(p =>
    t('me.messages.taken', { name: p.name ?? t('shell.person.somebody'), at: momentText(p.at, now, words) }),
  )
  const people = Array.isArray(detail?.people) ? (detail.people as { name: string }[]).map(p => p.name) : []
  return [...taken, ...(people.length ? [people.join(t('shell.listComma'))] : [])]
}

type MessageOf<K extends CardMessage['kind']> = CardMessage & { kind: K }

function verdictWords({ verdict }: MessageOf<'verdict'>, now: number, words: TimeWords, t: Say): Words {
  const { status, name, detail } = verdict
  const said = verdictKey(name, verdict.code)
  const looks: Record<VerdictStatus, [StateColour, IconName]> = {
    applied: ['wait', 'info'],
    refused: ['vac', 'st-refused'],
    failed: ['vac', 'st-refused'],
  }
  const [st, icon] = looks[status as VerdictStatus] ?? looks.failed
  const label = t(status === 'applied' ? 'me.messages.applied' : 'me.messages.refused', { intent: t(intentKey(name)) })
  const lines = [...detailLines(detail, now, words, t), t(`${said}.next`)]
  return { st, icon, label, title: t(`${said}.text`), lines }
}

function leadEventWords({ event }: MessageOf<'lead_event'>, t: Say): Words {
  const lines = typeof event.detail?.text === 'string' ? [event.detail.text] : []
  return { st: 'hand', icon: 'flag', label: t('me.messages.lead'), title: leadEventText(event, t), lines }
}

function deadLetterWords({ letter, id }: MessageOf<'dead_letter'>, t: Say): Words {
  const name = letter.person_name ?? t('shell.person.somebody')
  const why = t(letter.code === 'skipped' ? 'me.messages.deadSkipped' : 'me.messages.deadText', { name })
  const title = t('me.messages.deadTitle', { name, intent: t(intentKey(letter.name)) })
  const lines = [why, t('me.messages.deadDo', { name, ref: id.slice(-8) })]
  return { st: 'vac', icon: 'st-refused', label: t('me.messages.dead'), title, lines }
}

/** What a message says. */
export function messageWords(m: CardMessage, now: number, words: TimeWords, t: Say): Words {
  switch (m.kind) {
    case 'verdict':
      return verdictWords(m, now, words, t)
    case 'assigned': {
      const [label, title] = [t('duty.pill.assigned'), t('me.messages.assigned')]
      return { st: 'wait', icon: 'st-wait', label, title, lines: [] }
    }
    case 'lead_event':
      return leadEventWords(m, t)
    case 'dead_letter':
      return deadLetterWords(m, t)
  }
}
