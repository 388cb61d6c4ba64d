import type { RouteLocationRaw } from 'vue-router'
import { useRouter } from 'vue-router'
import { useIntent } from '../shell/useIntent.ts'
import { useStanding } from '../shell/useStanding.ts'

/** Where a message leads: its notices are read, then its page opens, in its community. */
export type Look =
  (unread: readonly string[], page: RouteLocationRaw | null, community: string | null) => Promise<boolean>

/** What the button of a message does. It answers whether this phone kept the reading; the page opens in any case. */
export function useLook(): Look {
  const router = useRouter()
  const { send } = useIntent()
  const { communities, choose } = useStanding()
  return async (unread, page, community) => {
    const read = unread.reduce(
      async (before, notice_id) => await before && send('read_notice', { notice_id }, null),
      Promise.resolve(true),
    )
    if (page && communities.value.some(c => c.id === community)) choose(community!)
    if (page) await router.push(page)
    return read
  }
}
