import type { NavItem } from '#components/staffPage.ts'
import type { IconName } from '#components/ui/kit.ts'
import type { Role } from '#domain/words.ts'
import type { Below } from '#i18n/keys.ts'
import { LEAD_ROLES, OFFICER_ROLES } from '#domain/roles.ts'

/** The people a page is for: those with one of the roles; `member` = everybody who belongs to a community. */
export type Audience = readonly (Role | 'member')[]
export type Standing = ReadonlySet<Role | 'member'>

declare module 'vue-router' {
  interface RouteMeta {
    /** none = everybody */
    for?: Audience
    /** reachable without signing in */
    open?: boolean
    /** lives from the phone alone, and does not wait for the connection */
    light?: boolean
  }
}

/**
 * Whether a page is for this person. The server decides what they may read or change there; this only spares them an
 * empty page.
 */
export function admits(audience: Audience | undefined, standing: Standing): boolean {
  return audience === undefined || audience.some(a => standing.has(a))
}

export interface Place {
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

/**
 * The main navigation of a person: the places their standing admits. `under` = name of the route shown now,
 * `counts` = what needs them, by place, `has` = whether this build knows a route.
 */
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
