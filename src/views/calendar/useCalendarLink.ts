import type { Setback } from '#actions/answer.ts'
import type { CalendarLink } from '#actions/calendarLink.ts'
import { computed, reactive, ref, shallowRef, watch } from 'vue'
import { calendarLink, dropCalendarLink, makeCalendarLink } from '#actions/calendarLink.ts'
import { once } from '#components/ui/once.ts'
import { useI18n, useSetbackText } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'
import { useDeps } from '../shell/deps.ts'

/** One's own address for calendars, all of it online only. */
export interface OwnCalendar {
  /** undefined until the server has answered; null = there is none */
  readonly link: CalendarLink | null | undefined
  /** the address, on the screen that made it and nowhere else */
  readonly url: string | null
  /** the same as calendar programs open it */
  readonly webcal: string | null
  /** why the last request did not succeed, in words */
  readonly error: string | null
  make: () => Promise<unknown>
  drop: () => Promise<unknown>
}

/** The person's address for calendars, from the server and back. */
export function useCalendarLink(online: () => boolean): OwnCalendar {
  const deps = useDeps()
  const { t, locale } = useI18n()
  const text = useSetbackText()
  const notice = useNotice()
  const link = shallowRef<CalendarLink | null>()
  const url = ref<string | null>(null)
  const error = ref<string | null>(null)

  /** The answer when it was applied; null after a setback, which `error` then says. */
  function applied<A extends { status: string }>(answer: A): Extract<A, { status: 'applied' }> | null {
    error.value = answer.status === 'applied' ? null : text(answer as unknown as Setback)
    return answer.status === 'applied' ? answer as Extract<A, { status: 'applied' }> : null
  }
  async function load(): Promise<void> {
    const server = await deps.connected()
    const answer = server && applied(await calendarLink(server))
    if (answer) link.value = answer.link
  }
  watch(online, () => online() && void load(), { immediate: true })

  const make = once(async () => {
    const answer = deps.server && applied(await makeCalendarLink(deps.server, locale.value))
    if (!answer) return
    link.value = answer.link
    url.value = answer.url
  })
  const drop = once(async () => {
    const answer = deps.server && applied(await dropCalendarLink(deps.server))
    if (!answer) return
    link.value = url.value = null
    notice.say(t('calendar.dropped'))
  })
  const webcal = computed(() => url.value && url.value.replace(/^https?:/, 'webcal:'))
  return reactive({ link, url, webcal, error, make, drop })
}
