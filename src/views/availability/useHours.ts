import type { HourCode } from '#domain/weekParts.ts'
import type { StoredRow } from '#queries/live.ts'
import { computed, reactive } from 'vue'
import { HOUR_CODES } from '#domain/weekParts.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { availabilityOf } from '#queries/hourRows.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { useIntent } from '#views/shell/useIntent.ts'

/** The hours of one person, and the way to change them. */
export interface PersonHours {
  /** null = nothing is said; undefined until the disk answers */
  readonly row: StoredRow<'availability'> | null | undefined
  /** the parts that suit; all of them while nothing is said */
  readonly fits: readonly HourCode[]
  /** answers whether it was kept; every part = nothing is said any more */
  save: (fits: readonly HourCode[]) => Promise<boolean>
}

/** The hours of one person, said by themselves or by a coordinator; null = nobody is known yet. */
export function useHours(person: () => string | null): PersonHours {
  const db = useDb()
  const { t } = useI18n()
  const { send } = useIntent()
  const row = useLiveQuery(async () => person() === null ? null : availabilityOf(db, person()!), person)
  const fits = computed(() => row.value?.fits ?? HOUR_CODES)
  async function save(chosen: readonly HourCode[]): Promise<boolean> {
    const responder_id = person()
    if (responder_id === null) return false
    const before = row.value?.fits ?? null
    const next = HOUR_CODES.every(code => chosen.includes(code)) ? null : [...chosen]
    const back = (): Promise<boolean> => send('save_availability', { responder_id, fits: before }, null)
    return send('save_availability', { responder_id, fits: next }, t('availability.saved'), back)
  }
  return reactive({ row, fits, save })
}
