import type { ReportPlace } from '#actions/reports.ts'
import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { reportPlace } from '#actions/reports.ts'
import { useDeps } from '../shell/deps.ts'
import { keepPlace, recallPlace } from './placeMemory.ts'

/** What a code opens. */
export interface CodePlace {
  readonly place: ReportPlace | null
  /**
   * none: there is no code; asking: nothing is known of it yet; known: `place` is here, perhaps as this phone saw it
   * last; unknown: the code opens nothing; alone: nobody answers, and this phone has never seen the place
   */
  readonly state: 'none' | 'asking' | 'known' | 'unknown' | 'alone'
}

/** The place behind a code: at once as this phone saw it last, then as the server says. */
export function useReportPlace(code: () => string | null): CodePlace {
  const deps = useDeps()
  const place = shallowRef<ReportPlace | null>(null)
  const state = ref<CodePlace['state']>('none')

  async function look(asked: string): Promise<void> {
    const server = await deps.connected()
    const answer = server ? await reportPlace(server, asked) : null
    if (code() !== asked) return
    if (answer?.status === 'applied') {
      keepPlace(asked, answer)
      place.value = answer.found ? answer : null
      state.value = answer.found ? 'known' : 'unknown'
    }
    else if (!place.value) {
      state.value = 'alone'
    }
  }
  watch(code, (asked) => {
    place.value = asked === null ? null : recallPlace(asked)
    state.value = asked === null ? 'none' : place.value ? 'known' : 'asking'
    if (asked !== null) void look(asked)
  }, { immediate: true })
  /** A phone that comes into a network learns the buildings. */
  function lookAgain(): void {
    const asked = code()
    if (asked !== null && state.value === 'alone') void look(asked)
  }
  window.addEventListener('online', lookAgain)
  onScopeDispose(() => window.removeEventListener('online', lookAgain))
  return reactive({ place: computed(() => place.value), state })
}
