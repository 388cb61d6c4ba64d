import type { Ref } from 'vue'
import type { InviteSlip } from '#components/people/person.ts'
import type { ResponderLead } from '#domain/rows.ts'
import { ref, shallowRef } from 'vue'
import { invite } from '#actions/people.ts'
import { serverNow } from '#clock/clock.ts'
import { once } from '#components/ui/once.ts'
import { momentText } from '#domain/timeText.ts'
import { useI18n, useSetbackText, useTimeWords } from '#i18n/useI18n.ts'
import { useDeps } from '#views/shell/deps.ts'

/** The address a token opens; the token stands in the fragment, so that no server log holds it. */
export function linkTo(page: 'i' | 'reset', token: string): { url: string, code: string } {
  return { url: `${location.origin}/${page}#${token}`, code: token }
}

/**
 * Makes one-time links for people; the tokens live on the screen only and are gone when it closes.
 * @param people those who may be invited, with the home and the kind that stand on a slip
 * @param here the community's name, for people without a home in it
 */
export function useInvite(
  people: () => readonly ResponderLead[],
  here: () => string,
): { slips: Ref<InviteSlip[]>, error: Ref<string | null>, run: (ids: string[]) => Promise<boolean | undefined> } {
  const { server } = useDeps()
  const { t } = useI18n()
  const words = useTimeWords()
  const text = useSetbackText()
  const slips = shallowRef<InviteSlip[]>([])
  const error = ref<string | null>(null)
  // a second invitation would void the first, whose link is on the screen
  const run = once(async (ids: string[]) => {
    error.value = server ? null : t('shell.needsNetwork')
    if (!server || ids.length === 0) return false
    const answer = await invite(server, ids)
    if (answer.status !== 'applied') {
      error.value = text(answer)
      return false
    }
    const known = new Map(people().map(p => [p.id, p]))
    slips.value = answer.invitations.map((i) => {
      const person = known.get(i.responder_id)
      return {
        name: i.name,
        place: [here(), person?.home_label].filter(Boolean).join(' · '),
        role: person ? t(`people.kind.${person.kind}`) : '',
        ...linkTo('i', i.token),
        expires: momentText(i.expires_at, serverNow(), words.value),
        purpose: 'invite' as const,
      }
    })
    // people with an account need no link, and the server makes none
    if (slips.value.length === 0) error.value = t('people.allIn')
    return slips.value.length > 0
  })
  return { slips, error, run }
}
