import type { InviteSlip } from '#components/people/person.ts'
import { reactive, ref, shallowRef } from 'vue'
import { appointLiaison, endLiaison } from '#actions/liaisons.ts'
import { serverNow } from '#clock/clock.ts'
import { once } from '#components/ui/once.ts'
import { momentText } from '#domain/timeText.ts'
import { useI18n, useSetbackText, useTimeWords } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'
import { linkTo } from '#views/people/useInvite.ts'
import { useDeps } from '#views/shell/deps.ts'

export interface Liaisons {
  /** a one-time link, while it is on the screen */
  slips: InviteSlip[]
  error: string | null
  /** both answer whether it was done; `error` says why not */
  appoint: (name: string) => Promise<boolean | undefined>
  end: (liaison: { id: string, name: string }) => Promise<boolean | undefined>
}

/** Appointing and ending the liaisons (联络人) of a partner unit: now or not at all, because links cannot wait. */
export function useLiaisons(unit: () => { id: string, name: string }): Liaisons {
  const deps = useDeps()
  const notice = useNotice()
  const { t } = useI18n()
  const words = useTimeWords()
  const text = useSetbackText()
  const slips = shallowRef<InviteSlip[]>([])
  const error = ref<string | null>(null)
  const appoint = once(async (name: string) => {
    error.value = deps.server ? null : t('shell.needsNetwork')
    if (!deps.server) return false
    const { id, name: place } = unit()
    const answer = await appointLiaison(deps.server, id, name)
    if (answer.status !== 'applied') {
      error.value = answer.status === 'refused' && answer.code === 'too_many_tries'
        ? t('organisation.liaison.full')
        : text(answer)
      return false
    }
    slips.value = [{
      name,
      place,
      role: t('shell.role.liaison'),
      ...linkTo('i', answer.token),
      expires: momentText(answer.expires_at, serverNow(), words.value),
      purpose: 'role',
    }]
    deps.kick()
    return true
  })
  const end = once(async (liaison: { id: string, name: string }) => {
    error.value = deps.server ? null : t('shell.needsNetwork')
    if (!deps.server) return false
    const answer = await endLiaison(deps.server, unit().id, liaison.id)
    if (answer.status !== 'applied') {
      error.value = text(answer)
      return false
    }
    notice.say(t('organisation.liaison.ended', { name: liaison.name }))
    deps.kick()
    return true
  })
  return reactive({ slips, error, appoint, end })
}
