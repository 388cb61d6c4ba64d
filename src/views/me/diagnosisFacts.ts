import type { TimeWords } from '#domain/timeText.ts'
import type { Below, Say } from '#i18n/keys.ts'
import type { Diagnosis } from '#queries/diagnosis.ts'
import { momentText } from '#domain/timeText.ts'

/** One line: `key` names its words, bad = worth a look. */
export interface DiagnosisFact { key: Below<'me.diag'>, value: string, bad?: boolean }

/** A phone's clock that is further off than this shows wrong times of day. */
const CLOCK_OFF_MS = 120_000

function megabytes(bytes: number | null): string {
  return bytes === null ? '–' : `${(bytes / 2 ** 20).toFixed(bytes < 2 ** 20 ? 1 : 0)} MB`
}

function clockFact(ms: number | null, t: Say): DiagnosisFact {
  if (ms === null) return { key: 'clock', value: t('me.diag.unknown') }
  const n = Math.round(Math.abs(ms) / 1000)
  return {
    key: 'clock',
    value: n === 0 ? t('me.diag.exact') : t(ms > 0 ? 'me.diag.slow' : 'me.diag.fast', { n }),
    bad: Math.abs(ms) > CLOCK_OFF_MS,
  }
}

/** The lines of 本机与同步, in the order support asks for them. */
export function diagnosisFacts(
  d: Diagnosis,
  state: Below<'shell.sync'>,
  now: number,
  words: TimeWords,
  t: Say,
): DiagnosisFact[] {
  const at = (time: string | number | null): string => time === null ? t('me.diag.never') : momentText(time, now, words)
  const { usage, quota, persisted } = d.storage
  return [
    { key: 'asOf', value: at(d.data_as_of) },
    { key: 'state', value: t(`shell.sync.${state}`, { at: at(d.last_sync_at) }), bad: state !== 'synced' },
    {
      key: 'leader',
      value: d.tabs
        ? t(d.tabs.leads ? 'me.diag.leads' : 'me.diag.leaderless', { n: d.tabs.waiting })
        : t('me.diag.unknown'),
    },
    clockFact(d.offset?.ms ?? null, t),
    { key: 'room', value: t('me.diag.roomOf', { used: megabytes(usage), of: megabytes(quota) }) },
    { key: 'kept', value: t(persisted === null ? 'me.diag.unknown' : persisted ? 'me.diag.yes' : 'me.diag.no') },
    { key: 'mismatches', value: t('me.diag.times', { n: d.mismatches }), bad: d.mismatches > 0 },
    {
      key: 'aside',
      value: d.aside.length > 0 ? t('me.diag.asideOf', { n: d.aside.length }) : t('me.diag.none'),
      bad: d.aside.length > 0,
    },
    { key: 'client', value: d.client_id?.slice(-12) ?? '–' },
    { key: 'version', value: `${__APP_VERSION__} / ${d.schema ?? '–'}` },
  ]
}
