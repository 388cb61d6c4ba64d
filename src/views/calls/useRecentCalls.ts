import type { ComputedRef } from 'vue'
import type { CallResult } from '#domain/words.ts'
import type { CallRow } from '#queries/callRows.ts'
import { computed, ref } from 'vue'
import { TAKE_BACK } from '#domain/answerTimes.ts'
import { ms } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useDraft } from '../shell/useDraft.ts'
import { useIntent } from '../shell/useIntent.ts'

/** An answer written down on this phone; `at` ISO. */
export interface RecordedCall { offer_id: string, name: string, result: 'accepted' | 'declined', at: string }
export interface RecentCalls {
  /** the newest first, as long as the server lets them be taken back */
  recent: ComputedRef<RecordedCall[]>
  /** each answers whether it was kept */
  say: (row: CallRow, result: CallResult) => Promise<boolean>
  undo: (call: RecordedCall) => Promise<boolean>
}

/** Writing down what people said on the phone, and taking it back. The list of the last answers outlives a reload. */
export function useRecentCalls(now: () => number): RecentCalls {
  const { t } = useI18n()
  const { send, id, at } = useIntent()
  const calls = ref<RecordedCall[]>([])
  useDraft(() => 'calls', { calls })
  const recent = computed(() => calls.value.filter(call => now() - ms(call.at) < TAKE_BACK).toReversed())
  const without = (offer_id: string): RecordedCall[] =>
    recent.value.filter(call => call.offer_id !== offer_id).toReversed()

  function write(offer_id: string, result: CallResult, words: string, back?: () => Promise<unknown>): Promise<boolean> {
    return send('log_call', { offer_id, result, assignment_id: id(), waitlist_id: id() }, words, back)
  }
  async function undo({ offer_id }: RecordedCall): Promise<boolean> {
    const kept = await write(offer_id, 'undone', t('calls.undone'))
    if (kept) calls.value = without(offer_id)
    return kept
  }
  async function say(row: CallRow, result: CallResult): Promise<boolean> {
    const { call: { id: offer_id }, name } = row
    if (result !== 'accepted' && result !== 'declined') return write(offer_id, result, t('calls.saved'))
    const call = { offer_id, name, result, at: at() }
    const kept = await write(offer_id, result, t('calls.saved'), () => undo(call))
    if (kept) calls.value = [...without(offer_id), call]
    return kept
  }
  return { recent, say, undo }
}
