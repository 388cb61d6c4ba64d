import type { OrgTree } from './orgTree.ts'
import type { Mode } from './rows.ts'
import type { Instant } from './time.ts'
import type { OrgLevel } from './words.ts'
import { ms } from './time.ts'

const ABOVE: OrgLevel[] = ['community', 'street', 'district', 'city']

/** Open and not past its expiry; the tick may not have run yet, or the phone may be offline. */
export function isModeOpen(mode: Pick<Mode, 'state' | 'expires_at'>, now: Instant): boolean {
  return mode.state === 'open' && ms(mode.expires_at) > ms(now)
}

/**
 * The mode of a unit: the open one on the nearest ancestor-or-self, or null for 平时.
 * `modes` are those of one community's scope; one on a unit the tree does not know lies above the community.
 */
export function modeOf(modes: readonly Mode[], tree: OrgTree, unitId: string, now: Instant): Mode | null {
  const open = modes.filter(m => isModeOpen(m, now))
  for (const unit of tree.chain(unitId)) {
    const here = open.find(m => m.org_unit_id === unit.id)
    if (here) return here
  }
  const above = open.filter(m => ABOVE.includes(m.level) && !tree.get(m.org_unit_id))
  return above.sort((a, b) => ABOVE.indexOf(a.level) - ABOVE.indexOf(b.level))[0] ?? null
}

/** 应急 demands 到岗/离岗; in 平时 an accepted shift counts as on duty for its span (R15). */
export function demandsCheckIn(mode: Mode | null): boolean {
  return mode !== null
}
