import type { Setback } from '#actions/answer.ts'
import type { CalendarLink } from '#actions/calendarLink.ts'
import type { Server } from '../shell/deps.ts'
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
  load: () => Promise<unknown>
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
  async function ask<A extends { status: string }>(
    run: (server: Server) => Promise<A>,
  ): Promise<Extract<A, { status: 'applied' }> | null> {
    const server = await deps.connected()
    const answer = server ? await run(server) : { status: 'offline' }
    error.value = answer.status === 'applied' ? null : text(answer as Setback)
    return answer.status === 'applied' ? answer as Extract<A, { status: 'applied' }> : null
  }
  const load = once(async () => {
    const answer = await ask(calendarLink)
    if (!answer) return false
    link.value = answer.link
    return true
  })
  watch(online, () => online() && void load(), { immediate: true })

  const make = once(async () => {
    const answer = await ask(server => makeCalendarLink(server, locale.value))
    if (!answer) return false
    link.value = answer.link
    url.value = answer.url
    return true
  })
  const drop = once(async () => {
    const answer = await ask(dropCalendarLink)
    if (!answer) return false
    link.value = url.value = null
    notice.say(t('calendar.dropped'))
    return true
  })
  const webcal = computed(() => url.value && url.value.replace(/^https?:/, 'webcal:'))
  return reactive({ link, url, webcal, error, load, make, drop })
}
