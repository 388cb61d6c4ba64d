import type { Span } from '#domain/span.ts'
import type { DutyAhead } from '#queries/absenceRows.ts'
import type { StoredRow } from '#queries/live.ts'
import { computed, reactive } from 'vue'
import { useI18n } from '#i18n/useI18n.ts'
import { absencesOf, dutyAhead } from '#queries/absenceRows.ts'
import { useDb, useLiveQuery, useNow } from '#queries/live.ts'
import { useIntent } from '#views/shell/useIntent.ts'

/** When one person is away, and what they are bound to. Each deed answers whether it was kept. */
export interface Absences {
  /** not over yet, soonest first; undefined until the disk answers */
  readonly list: StoredRow<'absence'>[] | undefined
  readonly duty: DutyAhead[]
  enter: (span: Span, reason: string) => Promise<boolean>
  end: (absence: StoredRow<'absence'>) => Promise<boolean>
}

/** The absences of one person, said by themselves or by a coordinator; null = nobody is known yet. */
export function useAbsences(person: () => string | null): Absences {
  const db = useDb()
  const now = useNow()
  const { t } = useI18n()
  const { send, id } = useIntent()
  const minute = (): number => Math.floor(now.value / 60_000)
  const list = useLiveQuery(
    async () => person() === null ? [] : absencesOf(db, person()!, now.value), () => [person(), minute()],
  )
  const ahead = useLiveQuery(
    async () => person() === null ? [] : dutyAhead(db, person()!, now.value), () => [person(), minute()],
  )
  const duty = computed(() => ahead.value ?? [])
  async function enter({ starts_at, ends_at }: Span, reason: string): Promise<boolean> {
    const [absence_id, responder_id] = [id(), person()]
    if (responder_id === null) return false
    const args = { absence_id, responder_id, starts_at, ends_at, reason: reason.trim() || null }
    return send('add_absence', args, t('absence.added'), () => send('end_absence', { absence_id }, null))
  }
  function end({ id: absence_id, responder_id, starts_at, ends_at, reason }: StoredRow<'absence'>): Promise<boolean> {
    const again = () => send('add_absence', { absence_id: id(), responder_id, starts_at, ends_at, reason }, null)
    return send('end_absence', { absence_id }, t('absence.ended'), again)
  }
  return reactive({ list, duty, enter, end })
}
