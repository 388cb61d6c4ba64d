import type { ComputedRef } from 'vue'
import type { Role } from '#domain/words.ts'
import type { StoredRow } from '#queries/live.ts'
import { computed } from 'vue'
import { coordinates } from '#domain/roles.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { meRow, standingOf } from '#queries/me.ts'
import { useSessionStore } from '#stores/session.ts'

export interface MyStanding {
  me: ComputedRef<StoredRow<'me'> | undefined>
  communities: ComputedRef<{ id: string, name: string }[]>
  roles: ComputedRef<Set<Role>>
  /** id of the community the screens stand in; null before the first sync and for people above communities */
  community: ComputedRef<string | null>
  /** of that community; false before the first sync */
  isCoordinator: ComputedRef<boolean>
  choose: (id: string) => void
}

/** Who I am, where I belong, and the community chosen in the bar. */
export function useStanding(): MyStanding {
  const db = useDb()
  const { preferences } = useSessionStore()
  const row = useLiveQuery(() => meRow(db))
  const standing = computed(() => standingOf(row.value))
  const community = computed(() => {
    const all = standing.value.communities
    return (all.find(c => c.id === preferences.community_id) ?? all[0])?.id ?? null
  })
  return {
    me: computed(() => row.value),
    communities: computed(() => standing.value.communities),
    roles: computed(() => standing.value.roles),
    community,
    isCoordinator: computed(() => coordinates(row.value?.memberships ?? [], community.value)),
    choose: (id) => { preferences.community_id = id },
  }
}
