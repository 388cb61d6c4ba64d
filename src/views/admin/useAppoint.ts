import type { InviteSlip } from '#components/people/person.ts'
import type { Role } from '#domain/words.ts'
import { reactive, ref, shallowRef } from 'vue'
import { appoint, issueRoleReset } from '#actions/appointments.ts'
import { serverNow } from '#clock/clock.ts'
import { momentText } from '#domain/timeText.ts'
import { useI18n, useSetbackText, useTimeWords } from '#i18n/useI18n.ts'
import { linkTo } from '#views/people/useInvite.ts'
import { useDeps } from '#views/shell/deps.ts'

export interface Appointments {
  slips: InviteSlip[]
  error: string | null
  /** both answer whether it was done; `error` says why not */
  run: (unit: { id: string, name: string }, role: Role, name: string) => Promise<boolean>
  reset: (signInName: string) => Promise<boolean>
}

/** One-time links for somebody who is to hold a role, or who holds one and forgot the password. */
export function useAppoint(): Appointments {
  const { server } = useDeps()
  const { t } = useI18n()
  const words = useTimeWords()
  const text = useSetbackText()
  const slips = shallowRef<InviteSlip[]>([])
  const error = ref<string | null>(null)
  const expires = (at: string): string => momentText(at, serverNow(), words.value)
  return reactive({
    slips,
    error,
    async run(unit: { id: string, name: string }, role: Role, name: string) {
      error.value = server ? null : t('shell.needsNetwork')
      if (!server) return false
      const answer = await appoint(server, unit.id, role, name)
      if (answer.status === 'applied') {
        slips.value = [{
          name,
          place: unit.name,
          role: t(`shell.role.${role}`),
          ...linkTo('i', answer.token),
          expires: expires(answer.expires_at),
          purpose: 'role',
        }]
      }
      else {
        error.value = text(answer)
      }
      return answer.status === 'applied'
    },
    async reset(signInName: string) {
      error.value = server ? null : t('shell.needsNetwork')
      if (!server) return false
      const answer = await issueRoleReset(server, signInName)
      if (answer.status === 'applied') {
        slips.value = [{
          name: signInName,
          place: '',
          role: '',
          ...linkTo('reset', answer.token),
          expires: expires(answer.expires_at),
          purpose: 'reset',
        }]
      }
      else {
        error.value = text(answer)
      }
      return answer.status === 'applied'
    },
  })
}
