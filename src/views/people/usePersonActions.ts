import type { InviteSlip } from '#components/people/person.ts'
import type { ResponderLead } from '#domain/rows.ts'
import { reactive, ref, watch } from 'vue'
import { issueReset, revealContact } from '#actions/people.ts'
import { serverNow } from '#clock/clock.ts'
import { once } from '#components/ui/once.ts'
import { momentText } from '#domain/timeText.ts'
import { useI18n, useSetbackText, useTimeWords } from '#i18n/useI18n.ts'
import { useDeps } from '#views/shell/deps.ts'
import { linkTo, useInvite } from './useInvite.ts'

export interface PersonActions {
  error: string | null
  /** the number in full and until when; never stored, gone when the sheet closes */
  revealed: { phone: string, until: string } | null
  reveal: (reason: string) => Promise<unknown>
  invite: () => Promise<void>
  reset: () => Promise<unknown>
}

/** What a coordinator does for one person, all of it online only. */
export function usePersonActions(
  person: () => ResponderLead, here: () => string, show: (slips: InviteSlip[]) => void,
): PersonActions {
  const { server } = useDeps()
  const { t } = useI18n()
  const words = useTimeWords()
  const text = useSetbackText()
  const error = ref<string | null>(null)
  const revealed = ref<{ phone: string, until: string } | null>(null)
  const inviting = useInvite(() => [person()], here)
  watch(inviting.slips, slips => slips.length > 0 && show(slips))
  watch(inviting.error, (words) => { error.value = words })
  const moment = (at: string): string => momentText(at, serverNow(), words.value)
  /** Says so; answers that it was not done. */
  const offline = (): boolean => {
    error.value = t('shell.needsNetwork')
    return false
  }
  const actions = {
    error,
    revealed,
    reveal: once(async (reason: string) => {
      if (!server) return offline()
      const answer = await revealContact(server, person().id, reason)
      if (answer.status === 'applied') revealed.value = { phone: answer.phone, until: moment(answer.until) }
      error.value = answer.status === 'applied' ? null : text(answer)
      return answer.status === 'applied'
    }),
    async invite() {
      await inviting.run([person().id])
    },
    reset: once(async () => {
      if (!server) return offline()
      const answer = await issueReset(server, person().id)
      if (answer.status === 'applied') {
        show([{
          name: person().name,
          place: [here(), person().home_label].filter(Boolean).join(' · '),
          role: t(`people.kind.${person().kind}`),
          ...linkTo('reset', answer.token),
          expires: moment(answer.expires_at),
          purpose: 'reset',
        }])
      }
      error.value = answer.status === 'applied' ? null : text(answer)
      return answer.status === 'applied'
    }),
  }
  return reactive(actions)
}
