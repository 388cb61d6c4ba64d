import type { LocationQueryRaw, LocationQueryValue } from 'vue-router'
import type { RosterFilter } from './useRoster.ts'
import { computed, reactive } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** In the address: all estates, chosen by hand; without it a long roster shows its first estate. */
const ALL = 'all'

/**
 * The address of the gaps of a post, on a day (`YYYY-MM-DD`) and in its week. null = of all posts. It names all
 * estates, because a long roster would show its first estate, where the post may not be.
 */
export function gapsAt(post: string | null, day: string): LocationQueryRaw {
  return { week: day, estate: ALL, gaps: '1', ...post !== null && { post } }
}

/**
 * What of the roster is shown, kept in the address (?estate=…&post=…&person=…&gaps=1): it survives a reload, goes from
 * week to week, and can be shared.
 */
export function useRosterFilter(): RosterFilter & { clear: () => void } {
  const route = useRoute()
  const router = useRouter()
  const read = (key: string): string => {
    const value: LocationQueryValue | LocationQueryValue[] | undefined = route.query[key]
    return typeof value === 'string' ? value : ''
  }
  const write = (change: Record<string, string | undefined>): void =>
    void router.replace({ query: { ...route.query, ...change } })
  const word = (key: 'post' | 'person') => computed({
    get: () => read(key), set: (value: string) => write({ [key]: value || undefined }),
  })
  return reactive({
    estate: computed({
      get: () => read('estate') === ALL ? '' : read('estate') || null,
      set: (value: string | null) => write({ estate: value === '' ? ALL : value ?? undefined }),
    }),
    post: word('post'),
    person: word('person'),
    gaps: computed({
      get: () => read('gaps') !== '', set: (on: boolean) => write({ gaps: on ? '1' : undefined }),
    }),
    clear: () => write({ estate: undefined, post: undefined, person: undefined, gaps: undefined }),
  })
}
