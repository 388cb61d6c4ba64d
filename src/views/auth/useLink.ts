import type { Ref } from 'vue'
import type { HistoryState } from 'vue-router'
import type { InvitationFacts } from '#actions/invitations.ts'
import type { SetbackKey } from '#i18n/known.ts'
import type { Queue } from './useQueue.ts'
import { onMounted, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { readInvitation } from '#actions/invitations.ts'
import { linkToken } from '#domain/linkToken.ts'
import { setbackKey } from '#i18n/known.ts'
import { useDeps } from '../shell/deps.ts'

import { useQueue } from './useQueue.ts'

/**
 * The token of a one-time link on its way from page to page, in the state of the tab's history: it is never stored on
 * the phone nor shown in the address bar, and is gone with the tab.
 */
export function linkState(token: string | null): HistoryState {
  return { link: token }
}

/** The token that the page before handed on; null when it handed on none. */
export function linkOfPageBefore(): string | null {
  const { link } = (history.state ?? {}) as { link?: unknown }
  return typeof link === 'string' ? link : null
}

/** Where the words of a problem stand under `codes`. */
export type Problem = SetbackKey | null

/** The i18n key of what came instead of success. */
export function problemOf(answer: Parameters<typeof setbackKey>[0] | { status: 'weak' }): SetbackKey {
  if (answer.status === 'weak') return 'codes.action.weak_password'
  return setbackKey(answer)
}

export interface Link {
  token: Ref<string>
  facts: Ref<InvitationFacts | null>
  problem: Ref<Problem>
  busy: Ref<boolean>
  /** the person's place while many come at once */
  queue: Queue
  read: () => Promise<void>
}

/**
 * A one-time link: its token from the address (`#…`), from the page before or typed, and what it is for. The token is
 * removed from the address bar and the history at once.
 */
export function useLink(): Link {
  const { server } = useDeps()
  const router = useRouter()
  const route = useRoute()
  const token = ref(decodeURIComponent(location.hash.slice(1)) || (linkOfPageBefore() ?? ''))
  const facts = ref<InvitationFacts | null>(null)
  const problem = ref<Problem>(server ? null : 'codes.setback.offline')
  const busy = ref(false)
  const queue = useQueue()

  async function read(): Promise<void> {
    token.value = linkToken(token.value)
    if (!server || busy.value || !token.value) return
    const asked = token.value
    busy.value = true
    problem.value = null
    const answer = await queue.run(() => readInvitation(server, asked))
    // another link was opened meanwhile
    if (asked !== token.value) return
    busy.value = false
    if (answer === null) return
    if (answer.status === 'applied') facts.value = answer
    else problem.value = problemOf(answer)
  }
  /** A link opened over this page, by an address typed or scanned again: the older link's facts are not this one's. */
  function openAnother(): void {
    const another = decodeURIComponent(location.hash.slice(1))
    if (!another) return
    queue.leave()
    busy.value = false
    facts.value = null
    problem.value = server ? null : 'codes.setback.offline'
    token.value = another
    begin()
  }
  function begin(): void {
    if (!token.value) return
    // by the router: on the next navigation it would write the address that it knows back into the history
    void router.replace({ path: location.pathname, force: true, state: linkState(null) })
    void read()
  }
  onMounted(begin)
  watch(() => route.hash, hash => hash && openAnother())
  return { token, facts, problem, busy, queue, read }
}

/** What a password needs before the server is asked. */
export function passwordProblem(password: string, again: string): 'short' | 'simple' | 'differs' | null {
  if (password.length < 8) return 'short'
  if (/^\d+$/.test(password)) return 'simple'
  return password === again ? null : 'differs'
}
