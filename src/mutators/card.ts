import type { Assignment, Me, MyAssignment, MyOffer, OrgUnit, Shift, SyncedTable } from '#domain/rows.ts'
import type { TapContext, Tx } from './tx.ts'
import { isBinding } from '#domain/assignment.ts'
import { fatigueOf } from '#domain/fatigue.ts'
import { isFull } from '#domain/nearest.ts'
import { orgTree, placeLabel } from '#domain/orgTree.ts'
import { lackedSkill } from '#domain/person.ts'
import { overlaps } from '#domain/span.ts'
import { ms } from '#domain/time.ts'
import { choiceOf } from '#domain/waitlist.ts'

/** Tables a card of one's own shift is built from. */
export const CARD_TABLES =
  ['me', 'my_assignment', 'my_offer', 'shift', 'post', 'org_unit', 'callout', 'assignment'] as const satisfies
    readonly SyncedTable[]

/** Where and when a shift is, with its task and its contacts, as the card shows them. */
type Place = Pick<
  MyAssignment,
  'community_id' | 'community_name' | 'org_unit_id' | 'place_name' | 'post_id' | 'post_name' | 'post_kind'
  | 'task' | 'kit' | 'contact' | 'duty_line' | 'callout_id' | 'callout_title' | 'callout_kind'
  | 'starts_at' | 'ends_at' | 'roster_id'
>
/** A claim on a shift: `offer_id` null when nobody asked, `eta_min` the minutes until the person can be there. */
export interface Claim { assignment_id: string, shift_id: string, offer_id: string | null, eta_min: number | null }

/** The unit and everything above it, as far as this phone knows. */
async function chainOf(tx: Tx, unitId: string): Promise<OrgUnit[]> {
  const chain: OrgUnit[] = []
  for (let id: string | null = unitId; id !== null && chain.length < 10;) {
    const unit: OrgUnit | undefined = await tx.get('org_unit', id)
    if (!unit) break
    chain.push(unit)
    id = unit.parent_id
  }
  return chain
}

/** Name of a place and of its community, and the nearest duty line above it. */
async function placeOf(
  tx: Tx, unitId: string,
): Promise<Pick<Place, 'place_name' | 'community_name' | 'duty_line'>> {
  const chain = await chainOf(tx, unitId)
  return {
    place_name: placeLabel(orgTree(chain), unitId),
    community_name: chain.find(u => u.level === 'community')?.name ?? '',
    duty_line: chain.find(u => u.duty_line !== null)?.duty_line ?? null,
  }
}

async function placeFromShift(tx: Tx, shift: Shift): Promise<Place | null> {
  const { starts_at, ends_at, community_id, org_unit_id, roster_id, callout_id } = shift
  const asked = callout_id === null ? undefined : tx.get('callout', callout_id)
  const [post, callout, place] = await Promise.all([tx.get('post', shift.post_id), asked, placeOf(tx, org_unit_id)])
  if (!post) return null
  const { id: post_id, name: post_name, kind: post_kind, task, kit, contact } = post
  const [callout_title, callout_kind] = [callout?.title ?? null, callout?.kind ?? null]
  return {
    ...place, community_id, org_unit_id, roster_id, callout_id, starts_at, ends_at,
    post_id, post_name, post_kind, task, kit, contact, callout_title, callout_kind,
  }
}

/** A person asked by name may have no row of the shift: then the request itself describes the place. */
function placeFromOffer(offer: MyOffer): Place {
  const { community_id, community_name, org_unit_id, place_name, duty_line, starts_at, ends_at } = offer
  const { post_id, post_name, post_kind, task, kit, contact, callout_id, callout_title, callout_kind } = offer
  return {
    community_id, community_name, org_unit_id, place_name, duty_line, starts_at, ends_at,
    post_id, post_name, post_kind, task, kit, contact, callout_id, callout_title, callout_kind,
    roster_id: null,
  }
}

/** What a claim is judged by and shown with, read in one go: each question to the disk costs as much as a write. */
export interface ClaimFacts {
  own: MyAssignment | undefined, shift: Shift | undefined, me: Me | undefined, offer: MyOffer | undefined
  mine: MyAssignment[], others: Assignment[], drill: boolean
}

/** Reads the facts of a claim. */
export async function readClaim(tx: Tx, claim: Claim, ctx: TapContext): Promise<ClaimFacts> {
  const offered = claim.offer_id === null ? undefined : tx.get('my_offer', claim.offer_id)
  const [shift, me, offer, mine, others] = await Promise.all([
    tx.get('shift', claim.shift_id),
    tx.get('me', ctx.login),
    offered,
    tx.all('my_assignment'),
    tx.by('assignment', 'shift_id', claim.shift_id),
  ])
  const own = mine.find(a => a.id === claim.assignment_id)
  const callout = shift?.callout_id && !offer ? await tx.get('callout', shift.callout_id) : undefined
  const drill = (offer?.callout_kind ?? callout?.kind) === 'drill'
  const isOther = (a: { id: string }): boolean => a.id !== claim.assignment_id
  return { own, shift, me, offer, drill, mine: mine.filter(isOther), others: others.filter(isOther) }
}

/** Says which refusal a claim is likely to meet; when a place is held for the person, a full shift is no obstacle. */
export function doubtClaim(tx: Tx, { shift, mine, me, drill }: ClaimFacts, ctx: TapContext, ownHold: boolean): void {
  if (!shift) return
  if (shift.state !== 'open' || ms(shift.ends_at) <= ms(ctx.now)) tx.doubt('closed')
  else if (me && lackedSkill(shift.skill, me.skills) !== null) tx.doubt('not_eligible')
  else if (!ownHold && isFull(shift)) tx.doubt('full')
  else if (mine.some(a => isBinding(a.state) && overlaps(a, shift))) tx.doubt('overlap')
  else if (!drill) doubtTired(tx, mine, shift)
}

function doubtTired(tx: Tx, mine: MyAssignment[], shift: Shift): void {
  const { hard, soft } = fatigueOf(mine, shift)
  if (hard) tx.doubt('over_limit')
  else if (soft.length > 0) tx.doubt('resting')
}

/** Puts the person's amber card and their line in the shift. It counts no place as taken: only the server grants. */
export async function putClaim(
  tx: Tx, claim: Claim, { shift, me, offer, others }: ClaimFacts, ctx: TapContext,
): Promise<void> {
  const place = (shift && await placeFromShift(tx, shift)) ?? (offer && placeFromOffer(offer))
  if (!place) return tx.doubt('gone')
  const { assignment_id: id, shift_id, eta_min } = claim
  const responder_id = me?.responder_id ?? ctx.login
  const { community_id, starts_at, ends_at } = place
  const fresh = { state: 'accepted' as const, on_post_at: null, off_post_at: null, by_proxy: [] }
  const row = { id, shift_id, responder_id, ...fresh }
  const times = { due_at: null, claimed_at: ctx.now, accepted_at: ctx.now }
  const with_names = others.filter(a => isBinding(a.state)).map(a => a.name).sort()
  await tx.put('my_assignment', { ...row, ...place, ...times, eta_min, with_names, door_hash: null })
  await tx.put('assignment', { ...row, community_id, name: me?.name ?? '', starts_at, ends_at })
}

/** Tables a place on the waitlist is built from. */
export const WAITING_TABLES = ['my_waitlist', 'shift', 'post', 'org_unit'] as const satisfies readonly SyncedTable[]

/** Puts the person's line on the waitlist; rank 0 = the server has not ranked it yet. */
export async function putWaiting(tx: Tx, id: string, shift: Shift): Promise<void> {
  const post = await tx.get('post', shift.post_id)
  const { place_name } = await placeOf(tx, shift.org_unit_id)
  const { id: shift_id, community_id, starts_at, ends_at } = shift
  const line = { id, shift_id, community_id, place_name, post_name: post?.name ?? '', starts_at, ends_at }
  await tx.put('my_waitlist', { ...line, rank: 0, state: 'waiting', hold_until: null, choice: choiceOf(shift, post) })
}
