import type { ComputedRef, Ref, ShallowRef } from 'vue'
import type { Diagnosis } from '#queries/diagnosis.ts'
import type { DiagnosisFact } from './diagnosisFacts.ts'
import { computed, shallowRef, watch } from 'vue'
import { offlineUntil } from '#domain/offlineUntil.ts'
import { DAY } from '#domain/time.ts'
import { dateText } from '#domain/timeText.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'
import { diagnosis } from '#queries/diagnosis.ts'
import { useNow } from '#queries/useNow.ts'
import { useSyncStore } from '#stores/sync.ts'
import { diagnosisFacts } from './diagnosisFacts.ts'

/** The line 可离线至; soon = within two days. */
export interface Until { title: string, why: string, soon: boolean }
interface UsedDiagnosis {
  found: ShallowRef<Diagnosis | null>
  facts: ComputedRef<DiagnosisFact[]>
  until: ComputedRef<Until | null>
  now: Readonly<Ref<number>>
  look: () => Promise<void>
}

/** What 本机与同步 says; `look` reads everything anew, and so does every sync. */
export function useDiagnosis(db: Parameters<typeof diagnosis>[0]): UsedDiagnosis {
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
    const last = found.value
      && offlineUntil(found.value.scopes.map(s => s.scope), now.value, found.value.storage.persisted)
    return last
      && {
        title: t('me.diag.until', { at: dateText(last.at - 1, words.value) }),
        why: t(`me.diag.because.${last.because}`),
        soon: last.at < now.value + 2 * DAY,
      }
  })
  return { found, facts, until, now, look }
}
