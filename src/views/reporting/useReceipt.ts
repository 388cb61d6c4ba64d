import type { MyReport } from '#domain/organisationRows.ts'
import type { SetbackKey } from '#i18n/known.ts'
import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { joinByReceipt, reportReceipt } from '#actions/reports.ts'
import { linkToken } from '#domain/linkToken.ts'
import { setbackKey } from '#i18n/known.ts'
import { linkState } from '../auth/useLink.ts'
import { useDeps } from '../shell/deps.ts'
import { keptReports } from './reportBox.ts'

export interface Receipt {
  readonly token: string
  readonly receipt: MyReport | null
  readonly mayJoin: boolean
  readonly problem: SetbackKey | null
  readonly busy: boolean
  /** the community has let it go, or the link is another one */
  readonly gone: boolean
  /** the number that this phone kept, where the server cannot be asked */
  readonly number: string | null
  look: () => Promise<void>
  /** to the page where a password is set */
  join: () => Promise<boolean>
}

/** The receipt behind the private link in the address, which stays there: the page can be kept and opened again. */
export function useReceipt(): Receipt {
  const deps = useDeps()
  const route = useRoute()
  const router = useRouter()
  const token = computed(() => linkToken(route.hash))
  const receipt = shallowRef<MyReport | null>(null)
  const mayJoin = ref(false)
  const problem = ref<SetbackKey | null>(null)
  const gone = ref(false)
  const busy = ref(false)
  const number = computed(() => keptReports().find(kept => kept.token === token.value)?.number ?? null)

  async function look(): Promise<void> {
    const asked = token.value
    if (asked === '') return
    busy.value = true
    const answer = deps.server ? await reportReceipt(deps.server, asked) : { status: 'offline' as const }
    busy.value = false
    if (asked !== token.value) return
    gone.value = answer.status === 'refused' && answer.code === 'gone'
    if (answer.status === 'applied') {
      receipt.value = answer.receipt
      mayJoin.value = answer.may_join
    }
    if (gone.value) receipt.value = null
    problem.value = answer.status === 'applied' || gone.value ? null : setbackKey(answer)
  }
  async function join(): Promise<boolean> {
    const answer = deps.server ? await joinByReceipt(deps.server, token.value) : { status: 'offline' as const }
    if (answer.status !== 'applied') {
      problem.value = setbackKey(answer)
      return false
    }
    await router.push({ name: 'invitation', state: linkState(answer.token) })
    return true
  }
  watch(token, () => {
    receipt.value = null
    mayJoin.value = false
    void look()
  }, { immediate: true })
  /** Who comes back to the page wants to know how it stands by now. */
  function again(): void {
    if (!document.hidden) void look()
  }
  document.addEventListener('visibilitychange', again)
  window.addEventListener('online', again)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', again)
    window.removeEventListener('online', again)
  })
  return reactive({
    token, receipt: computed(() => receipt.value), mayJoin, problem, busy, gone, number, look, join,
  })
}
