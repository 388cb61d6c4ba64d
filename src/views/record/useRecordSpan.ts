import type { Ref } from 'vue'
import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { dayKey } from '#domain/time.ts'
import { useNow } from '#queries/live.ts'

/** Days of a record, YYYY-MM-DD. They stand in the address (?from=&to=), so that the printed page has the same. */
export interface RecordSpan {
  first: Ref<string>, last: Ref<string>, query: Readonly<Ref<{ from: string, to: string }>>
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** This year up to today, if nothing else was chosen. */
export function useRecordSpan(): RecordSpan {
  const route = useRoute()
  const router = useRouter()
  const now = useNow()
  const said = (key: 'from' | 'to', other: string): string => {
    const day = route.query[key]
    return typeof day === 'string' && DAY.test(day) ? day : other
  }
  const today = computed(() => dayKey(now.value))
  const newYear = computed(() => `${today.value.slice(0, 4)}-01-01`)
  const query = computed(() => ({ from: said('from', newYear.value), to: said('to', today.value) }))
  const edge = (key: 'from' | 'to'): Ref<string> => computed({
    get: () => query.value[key],
    set: day => void router.replace({ query: { ...query.value, [key]: day } }),
  })
  return { first: edge('from'), last: edge('to'), query }
}
