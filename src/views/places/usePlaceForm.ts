import type { Hanging } from '#actions/places.ts'
import type { ReleasedLine } from '#components/people/released.ts'
import { reactive, ref } from 'vue'
import { hangingOf } from '#actions/places.ts'
import { dutyOf } from '#actions/responders.ts'
import { serverNow } from '#clock/clock.ts'
import { releasedLines } from '#components/people/released.ts'
import { once } from '#components/ui/once.ts'
import { useI18n, useSetbackText, useTimeWords } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'
import { useDeps } from '#views/shell/deps.ts'

type Server = NonNullable<ReturnType<typeof useDeps>['server']>
type Answer = { status: 'applied' } | Parameters<ReturnType<typeof useSetbackText>>[0] & { detail?: unknown }
/** An action with its server filled in. */
export type Ask = (server: Server) => Promise<Answer>

export interface PlaceForm {
  faults: string[]
  error: string | null
  /** what would be called off, and how many shifts; null until the server named it */
  duty: ReleasedLine[] | null
  shifts: number
  asking: boolean
  /** asks the server; true when it is done, undefined when it named `duty`. `said` = the words of success */
  send: (ask: Ask, said: string) => Promise<boolean | undefined>
}

/** Sending one place or post, and giving one up; what was typed stays when it does not work. */
export function usePlaceForm(): PlaceForm {
  const deps = useDeps()
  const notice = useNotice()
  const { t } = useI18n()
  const words = useTimeWords()
  const text = useSetbackText()
  const faults = ref<string[]>([])
  const error = ref<string | null>(null)
  const duty = ref<ReleasedLine[] | null>(null)
  const shifts = ref(0)
  const asking = ref(false)

  function held(hanging: Hanging): string {
    if (hanging.callouts > 0) return t('places.end.callout')
    const keys = ['units', 'posts', 'people', 'roles'] as const
    const what = keys.filter(k => hanging[k] > 0).map(k => t(`places.end.held.${k}`, { n: hanging[k] }))
    return t('places.end.inUse', { what: what.join(t('shell.listComma')) })
  }
  function refused(answer: Exclude<Answer, { status: 'applied' }>): string | null {
    if (answer.status !== 'refused') return text(answer)
    const ahead = answer.code === 'has_duty' ? dutyOf(answer.detail) : null
    if (ahead) {
      duty.value = releasedLines(ahead.duty, serverNow(), words.value)
      shifts.value = ahead.shifts
      return null
    }
    const hanging = answer.code === 'in_use' ? hangingOf(answer.detail) : null
    if (hanging) return held(hanging)
    if (answer.code === 'taken') return t('places.form.taken')
    return answer.code === 'invalid' && asking.value ? t('places.end.onPost') : text(answer)
  }
  const send = once(async (ask: Ask, said: string) => {
    error.value = deps.server ? null : t('shell.needsNetwork')
    if (!deps.server) return false
    const answer = await ask(deps.server)
    if (answer.status !== 'applied') {
      error.value = refused(answer)
      // what would be called off stands there now; the next press says yes to it, an echo of this one does not
      return error.value === null ? undefined : false
    }
    notice.say(said)
    deps.kick()
    return true
  })
  return reactive({ faults, error, duty, shifts, asking, send })
}
