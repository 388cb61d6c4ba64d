import type { NavItem } from '#components/navItem.ts'
import type { IconName } from '#components/ui/icons.ts'
import type { Role } from '#domain/rows.ts'

interface Place { key: string, icon: IconName, route: string, wide: boolean, for: readonly Role[] | null }

const LEADS: readonly Role[] = ['coordinator', 'grid_lead', 'building_lead']
const OFFICERS: readonly Role[] = ['street_officer', 'district_officer', 'city_officer']

/** The order is the same on the tab bar and on the rail. */
const PLACES: readonly Place[] = [
  { key: 'duty', icon: 'shift', route: 'duty', wide: false, for: null },
  { key: 'street', icon: 'chart', route: 'street', wide: false, for: OFFICERS },
  { key: 'board', icon: 'tower', route: 'board', wide: false, for: LEADS },
  { key: 'roster', icon: 'roster', route: 'roster', wide: false, for: null },
  { key: 'callout', icon: 'whistle', route: 'callout-start', wide: true, for: ['coordinator'] },
  { key: 'people', icon: 'people', route: 'people', wide: true, for: ['coordinator'] },
  { key: 'messages', icon: 'message', route: 'messages', wide: false, for: null },
  { key: 'me', icon: 'me', route: 'me', wide: false, for: null },
]

/** The main navigation for a person's roles; `has` tells which routes this build knows, `under` the route shown now. */
export function navItems(roles: ReadonlySet<Role>, under: string, counts: Record<string, number>, label: (key: string) => string, has: (route: string) => boolean): NavItem[] {
  return PLACES
    .filter(p => has(p.route) && (p.for === null || p.for.some(r => roles.has(r))))
    .map(p => ({ key: p.key, icon: p.icon, label: label(p.key), to: { name: p.route }, current: under === p.route, count: counts[p.key] ?? 0, wide: p.wide }))
}
