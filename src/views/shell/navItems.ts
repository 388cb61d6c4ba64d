import type { NavItem } from '#components/navItem.ts'
import type { IconName } from '#components/ui/icons.ts'
import type { Below } from '#i18n/keys.ts'
import type { Audience, Standing } from './audience.ts'
import { LEAD_ROLES, OFFICER_ROLES } from '#domain/roles.ts'
import { admits } from './audience.ts'

interface Place {
  key: Exclude<Below<'shell.nav'>, 'label'>, icon: IconName, route: string, wide: boolean, for?: Audience
}

/** The order is the same on the tab bar and on the rail. */
const PLACES: readonly Place[] = [
  { key: 'duty', icon: 'shift', route: 'duty', wide: false },
  { key: 'street', icon: 'chart', route: 'street', wide: false, for: OFFICER_ROLES },
  { key: 'board', icon: 'tower', route: 'board', wide: false, for: LEAD_ROLES },
  { key: 'roster', icon: 'roster', route: 'roster', wide: false, for: ['member'] },
  { key: 'callout', icon: 'whistle', route: 'callout-start', wide: true, for: ['coordinator'] },
  { key: 'people', icon: 'people', route: 'people', wide: true, for: ['coordinator'] },
  { key: 'messages', icon: 'message', route: 'messages', wide: false },
  { key: 'me', icon: 'me', route: 'me', wide: false },
]

/** The main navigation for where a person stands; `has` tells which routes this build knows, `under` the route shown now. */
export function navItems(
  standing: Standing,
  under: string,
  counts: Record<string, number>,
  label: (key: Place['key']) => string,
  has: (route: string) => boolean,
): NavItem[] {
  return PLACES
    .filter(p => has(p.route) && admits(p.for, standing))
    .map(p => ({
      key: p.key,
      icon: p.icon,
      label: label(p.key),
      to: { name: p.route },
      current: under === p.route,
      count: counts[p.key] ?? 0,
      wide: p.wide,
    }))
}
