import type { Ref } from 'vue'
import { ref } from 'vue'
import { revealContact } from '#actions/people.ts'
import { once } from '#components/ui/once.ts'
import { useSetbackText } from '#i18n/useI18n.ts'
import { useDeps } from '#views/shell/deps.ts'

export interface Dial {
  /** the number in full, while this card is open; never stored */
  phone: Ref<string | null>
  error: Ref<string | null>
  /** asks the server for the number; the look is logged with the reason */
  reveal: (responderId: string, reason: string) => Promise<void>
}

/** Shows a number to be dialled. */
export function useDial(): Dial {
  const deps = useDeps()
  const text = useSetbackText()
  const phone = ref<string | null>(null)
  const error = ref<string | null>(null)
  const reveal = once(async (responderId: string, reason: string) => {
    const answer = deps.server ? await revealContact(deps.server, responderId, reason) : { status: 'offline' as const }
    phone.value = answer.status === 'applied' ? answer.phone : null
    error.value = answer.status === 'applied' ? null : text(answer)
  })
  return { phone, error, reveal }
}
