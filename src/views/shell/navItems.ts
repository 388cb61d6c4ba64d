import type { NavItem } from '#components/staffPage.ts'
import type { IconName } from '#components/ui/kit.ts'
import type { Role } from '#domain/words.ts'
import type { Below } from '#i18n/keys.ts'
import { KEEPER_ROLES, LEAD_ROLES, OFFICER_ROLES } from '#domain/roles.ts'

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

const leads = (s: Standing): boolean => admits(LEAD_ROLES, s)
const officer = (s: Standing): boolean => admits(OFFICER_ROLES, s)
const liaison = (s: Standing): boolean => s.has('liaison')

/** A place of the main navigation; `of` = the pages that stand in it besides its own, as its views. */
export interface Place {
  key: Exclude<Below<'shell.nav'>, 'label' | 'comma' | 'waiting'>, icon: IconName, route: string, of?: readonly string[]
  /** places of one group stand together on the rail */
  group: 1 | 2 | 3 | 4
  /** who has the place on the rail */
  on: (standing: Standing) => boolean
  /** who has it as a tab too; left out: everybody who has it on the rail */
  tab?: (standing: Standing) => boolean
}

/** A place is a question somebody asks every day; the order is the same on the tab bar and on the rail. */
const PLACES: readonly Place[] = [
  { key: 'today', icon: 'home', route: 'today', group: 1, on: leads },
  // who leads finds their own duty in 今天
  {
    key: 'duty',
    icon: 'shift',
    route: 'duty',
    group: 1,
    on: s => !leads(s) && (s.has('member') || !(officer(s) || liaison(s))),
  },
  { key: 'street', icon: 'chart', route: 'street', group: 1, on: officer },
  { key: 'board', icon: 'tower', route: 'board', group: 1, on: leads },
  {
    key: 'roster',
    icon: 'roster',
    route: 'roster',
    group: 1,
    on: s => s.has('member'),
    tab: s => leads(s) || !liaison(s),
  },
  {
    key: 'callout',
    icon: 'whistle',
    route: 'callout-start',
    group: 1,
    on: s => s.has('coordinator'),
    tab: () => false,
  },
  { key: 'unit', icon: 'unit', route: 'own-unit', group: 2, on: liaison },
  // beside the places of those who lead it would be one too many; their own unit leads there
  { key: 'send', icon: 'people', route: 'own-people', group: 2, on: s => liaison(s) && !leads(s) && !officer(s) },
  {
    key: 'together',
    icon: 'link',
    route: 'units',
    of: ['council'],
    group: 3,
    on: s => s.has('coordinator'),
    tab: () => false,
  },
  {
    key: 'people',
    icon: 'people',
    route: 'people',
    of: ['reports', 'organisations'],
    group: 3,
    on: leads,
    tab: () => false,
  },
  {
    key: 'organisations',
    icon: 'flag',
    route: 'organisations',
    group: 3,
    on: s => officer(s) && !s.has('coordinator'),
  },
  {
    key: 'units',
    icon: 'unit',
    route: 'units',
    of: ['council'],
    group: 3,
    on: s => admits(KEEPER_ROLES, s) && !s.has('coordinator'),
  },
  { key: 'messages', icon: 'message', route: 'messages', group: 4, on: () => true },
  { key: 'me', icon: 'me', route: 'me', group: 4, on: () => true },
]
/** What does not fit on the tab bar of a phone. */
const MORE = { key: 'more', icon: 'more', route: 'more' } as const

/** More tabs than these are too narrow for a thumb. */
const MOST_TABS = 5

/**
 * The places that are tabs. Where some do not fit, or a coordinator has places on the rail alone, 更多 stands in place
 * of 我的; 消息 stays, because it counts.
 */
function tabsOf(places: readonly Place[], standing: Standing): { tabs: Place[], more: boolean } {
  const all = places.filter(p => p.tab?.(standing) ?? true)
  if (all.length <= MOST_TABS && !standing.has('coordinator')) return { tabs: all, more: false }
  const kept = all.filter(p => p.key !== 'me')
  const [rest, messages] = [kept.filter(p => p.key !== 'messages'), kept.filter(p => p.key === 'messages')]
  return { tabs: [...rest.slice(0, MOST_TABS - 1 - messages.length), ...messages], more: true }
}

/**
 * The main navigation of a person: the places of their roles on the rail, at most five of them as tabs. `under` = name
 * of the route shown now, `counts` = what needs them, by place, `has` = whether this build knows a route.
 */
export function navItems(
  standing: Standing,
  under: string,
  counts: Record<string, number>,
  label: (key: Place['key']) => string,
  has: (route: string) => boolean,
): NavItem[] {
  const places = PLACES.filter(p => has(p.route) && p.on(standing))
  const { tabs, more } = tabsOf(places, standing)
  const isTab = (p: Place): boolean => tabs.includes(p)
  const isCurrent = (p: Place): boolean => under === p.route || (p.of?.includes(under) ?? false)
  const items = places.map((p, i): NavItem => ({
    key: p.key,
    icon: p.icon,
    label: label(p.key),
    to: { name: p.route },
    current: isCurrent(p),
    count: counts[p.key] ?? 0,
    on: isTab(p) ? 'both' : 'rail',
    apart: i > 0 && places[i - 1]!.group !== p.group,
  }))
  if (!more) return items
  const hidden = places.filter(p => !isTab(p))
  return [...items, {
    key: MORE.key,
    icon: MORE.icon,
    label: label(MORE.key),
    to: { name: MORE.route },
    // own duty has no place of its own for who leads, and a row in 更多
    current: under === MORE.route || hidden.some(isCurrent) || (under === 'duty' && !places.some(isCurrent)),
    count: hidden.reduce((sum, p) => sum + (counts[p.key] ?? 0), 0),
    on: 'tabs',
    apart: false,
  }]
}
