import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { ClockOffset } from '#domain/clockOffset.ts'
import type { TimeWords } from '#domain/timeText.ts'
import type { Below, Say } from '#i18n/keys.ts'
import type { Diagnosis } from '#queries/diagnosis.ts'
import { computed, shallowRef, watch } from 'vue'
import { clockError } from '#domain/clockOffset.ts'
import { offlineUntil } from '#domain/offlineUntil.ts'
import { DAY } from '#domain/time.ts'
import { dateText, minutesText, momentText } from '#domain/timeText.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'
import { diagnosis } from '#queries/diagnosis.ts'
import { useNow } from '#queries/live.ts'
import { useSyncStore } from '#stores/sync.ts'

/** One line of 本机与同步: `key` names its words, `bad` = worth a look, `technical` = only support reads it. */
export interface DiagnosisFact { key: Below<'me.diag'>, value: string, bad?: boolean, technical?: true }

function megabytes(bytes: number | null): string {
  return bytes === null ? '–' : `${(bytes / 2 ** 20).toFixed(bytes < 2 ** 20 ? 1 : 0)} MB`
}

/** `offset` as last measured; null = never. Seconds for support; where people are misled, days and hours. */
function clockFact(offset: ClockOffset | null, words: TimeWords, t: Say): DiagnosisFact {
  if (offset === null) return { key: 'clock', value: t('me.diag.unknown') }
  const bad = clockError(offset, offset.at) !== 'right'
  const n = Math.round(Math.abs(offset.ms) / 1000)
  if (n === 0) return { key: 'clock', value: t('me.diag.exact') }
  const amount = bad ? minutesText(n / 60, words) : t('me.diag.seconds', { n })
  return { key: 'clock', value: t(offset.ms > 0 ? 'me.diag.slow' : 'me.diag.fast', { amount }), bad }
}

/** The lines of 本机与同步, in the order support asks for them. */
function diagnosisFacts(
  d: Diagnosis,
  state: Below<'shell.sync'>,
  now: number,
  words: TimeWords,
  t: Say,
): DiagnosisFact[] {
  const at = (time: string | number | null): string => time === null ? t('me.diag.never') : momentText(time, now, words)
  const { usage, quota, persisted } = d.storage
  const tabs = d.tabs && t(d.tabs.leads ? 'me.diag.leads' : 'me.diag.leaderless', { n: d.tabs.waiting })
  const aside = d.aside.length
  return [
    { key: 'asOf', value: at(d.data_as_of) },
    { key: 'state', value: t(`shell.sync.${state}`, { at: at(d.last_sync_at) }), bad: state !== 'synced' },
    { key: 'leader', technical: true, value: tabs || t('me.diag.unknown') },
    clockFact(d.offset, words, t),
    { key: 'room', technical: true, value: t('me.diag.roomOf', { used: megabytes(usage), of: megabytes(quota) }) },
    { key: 'kept', value: t(persisted === null ? 'me.diag.unknown' : persisted ? 'me.diag.yes' : 'me.diag.no') },
    { key: 'mismatches', technical: true, value: t('me.diag.times', { n: d.mismatches }), bad: d.mismatches > 0 },
    {
      key: 'aside',
      technical: true,
      value: aside > 0 ? t('me.diag.asideOf', { n: aside }) : t('me.diag.none'),
      bad: aside > 0,
    },
    { key: 'client', technical: true, value: d.client_id?.slice(-12) ?? '–' },
    { key: 'version', technical: true, value: `${__APP_VERSION__} / ${d.schema ?? '–'}` },
  ]
}

/** What the page adds to the diagnosis; `agent` = the browser's name, `screen` = width×height in CSS pixels. */
interface Surroundings { status: { state: string }, at: Date, agent: string, language: string, screen: string }

/** The file for support: the same numbers and codes as the page, as JSON. `name` carries the moment. */
export function supportFile(
  found: Diagnosis,
  { status, at, agent, language, screen }: Surroundings,
): { name: string, text: string } {
  const about = { app: __APP_VERSION__, made_at: at.toISOString(), state: status.state, agent, language, screen }
  return {
    name: `redwhistle-${at.toISOString().slice(0, 16).replace(/\D/g, '')}.json`,
    text: JSON.stringify({ ...about, ...found }, null, 2),
  }
}

/** The line 可离线至; `soon` = within two days. */
interface Until { title: string, why: string, soon: boolean }
export interface DiagnosisPage {
  found: ShallowRef<Diagnosis | null>
  facts: ComputedRef<DiagnosisFact[]>
  until: ComputedRef<Until | null>
  now: Readonly<Ref<number>>
  look: () => Promise<void>
}

/** What 本机与同步 says; `look` reads everything again, and so does every sync. */
export function useDiagnosis(db: Parameters<typeof diagnosis>[0]): DiagnosisPage {
  const { t } = useI18n()
  const now = useNow()
  const words = useTimeWords()
  const sync = useSyncStore()
  const found = shallowRef<Diagnosis | null>(null)
  const look = async (): Promise<void> => {
    found.value = await diagnosis(db)
  }
  watch(() => [sync.status.last_sync_at, sync.status.unsent, sync.status.refused], look, { immediate: true })
  const facts = computed(() =>
    found.value ? diagnosisFacts(found.value, sync.status.state, now.value, words.value, t) : [],
  )
  const until = computed<Until | null>(() => {
    if (!found.value) return null
    const { scopes, storage } = found.value
    const last = offlineUntil(scopes.map(s => s.scope), now.value, storage.persisted)
    return last && {
      title: t('me.diag.until', { at: dateText(last.at - 1, words.value) }),
      why: t(`me.diag.because.${last.because}`),
      soon: last.at < now.value + 2 * DAY,
    }
  })
  return { found, facts, until, now, look }
}
