import type { Ref } from 'vue'
import type { Setback } from '#actions/answer.ts'
import type { DutyInWords } from '#actions/records.ts'
import { ref } from 'vue'
import { clashOf, joinRecord } from '#actions/records.ts'
import { linkToken } from '#domain/linkToken.ts'
import { spanText } from '#domain/timeText.ts'
import { useI18n, useSetbackText, useTimeWords } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'
import { useDeps } from '../shell/deps.ts'

/** A record of another community that a person may join; `place` = that community's name. */
export interface Joinable { id: string, place: string }

/**
 * Joins another community's record to one's own by that community's link. `join` answers null when it is done, with a
 * toast that says so, else what stands in the way, in words.
 */
export function useJoin(): { busy: Ref<boolean>, join: (record: Joinable, pasted: string) => Promise<string | null> } {
  const deps = useDeps()
  const { t } = useI18n()
  const words = useTimeWords()
  const notice = useNotice()
  const text = useSetbackText()
  const busy = ref(false)

  function clashText({ theirs, mine }: { theirs: DutyInWords, mine: DutyInWords }): string {
    const say = (duty: DutyInWords): string =>
      t('listing.duty', { place: duty.place_name, when: spanText(duty, words.value) })
    return t('listing.overlap', { theirs: say(theirs), mine: say(mine) })
  }
  function wordsOf(setback: Setback): string {
    if (setback.status !== 'refused') return text(setback)
    const clash = setback.code === 'overlap' ? clashOf(setback.detail) : null
    if (clash) return clashText(clash)
    if (setback.code === 'invitation_invalid') return t('listing.badLink')
    return setback.code === 'gone' ? t('listing.notMine') : text(setback)
  }
  async function join(record: Joinable, pasted: string): Promise<string | null> {
    const token = linkToken(pasted)
    if (!token) return t('listing.noLink')
    busy.value = true
    const server = await deps.connected()
    const answer = server ? await joinRecord(server, record.id, token) : { status: 'offline' as const }
    busy.value = false
    if (answer.status !== 'applied') return wordsOf(answer)
    deps.kick()
    notice.say(t('listing.joined', { name: record.place }))
    return null
  }
  return { busy, join }
}
