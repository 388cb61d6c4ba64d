import type { ComputedRef } from 'vue'
import type { Role } from '#domain/words.ts'
import type { Standing } from './navItems.ts'
import { computed } from 'vue'
import { useRouter } from 'vue-router'
import { admits } from './navItems.ts'
import { useStanding } from './useStanding.ts'

/** The roles of a person, and `member` where a community lists them: what decides which pages they see. */
export function standingSet(roles: Iterable<Role>, communities: readonly unknown[]): Standing {
  return new Set([...roles, ...communities.length > 0 ? ['member' as const] : []])
}

/**
 * Which pages are for this person, by the names of their routes; a page that this build has not is for nobody. Only for
 * routes without an id in their address.
 */
export function useAdmits(): ComputedRef<(name: string) => boolean> {
  const router = useRouter()
  const { roles, communities } = useStanding()
  return computed(() => {
    const standing = standingSet(roles.value, communities.value)
    return (name: string) => router.hasRoute(name) && admits(router.resolve({ name }).meta.for, standing)
  })
}
