import type { MutationArgs } from '#domain/mutations.ts'
import type { Mode, OrgUnit } from '#domain/rows.ts'
import type { TapContext, Tx } from './tx.ts'
import { isModeOpen, modeOf } from '#domain/mode.ts'
import { orgTree } from '#domain/orgTree.ts'
import { HOUR, iso, ms } from '#domain/time.ts'

/** The open mode that holds for a unit, or null. */
export async function openModeOf(tx: Tx, unitId: string, now: string): Promise<Mode | null> {
  return modeOf(await tx.all('mode'), orgTree(await tx.all('org_unit')), unitId, now)
}

/** The open mode on exactly this unit, or undefined. */
export async function modeOn(tx: Tx, unitId: string, now: string): Promise<Mode | undefined> {
  return (await tx.all('mode')).find(m => m.org_unit_id === unitId && isModeOpen(m, now))
}

/** Name and level of a unit, from the tree of this phone or from the person's own memberships. */
async function unitOf(tx: Tx, unitId: string, ctx: TapContext): Promise<Pick<OrgUnit, 'name' | 'level'> | undefined> {
  const me = await tx.get('me', ctx.login)
  return await tx.get('org_unit', unitId) ?? me?.memberships.find(m => m.org_unit_id === unitId)
}

/** Puts an open mode that ends `hours` after the tap. */
export async function putMode(tx: Tx, args: MutationArgs['open_mode'], ctx: TapContext): Promise<void> {
  const { mode_id: id, org_unit_id, ground, document_no, hours } = args
  const unit = await unitOf(tx, org_unit_id, ctx)
  const me = await tx.get('me', ctx.login)
  const expires_at = iso(ms(ctx.now) + hours * HOUR)
  await tx.put('mode', {
    id,
    org_unit_id,
    org_unit_name: unit?.name ?? '',
    level: unit?.level ?? 'community',
    state: 'open',
    ground,
    document_no,
    opened_by_name: me?.name ?? '',
    opened_by: ctx.login,
    opened_at: ctx.now,
    expires_at,
    renewals: 0,
  })
}
