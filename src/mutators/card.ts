import type { Assignment, AssignmentState, Me, MyAssignment, MyOffer, OrgUnit, Shift, SyncedTable } from '#domain/rows.ts'
import type { TapContext, Tx } from './mutator.ts'
import { isBinding } from '#domain/assignment.ts'
import { fatigueOf } from '#domain/fatigue.ts'
import { orgTree, placeLabel } from '#domain/orgTree.ts'
import { overlaps } from '#domain/span.ts'
import { ms } from '#domain/time.ts'

/** Tables a card of one's own shift is built from. */
export const CARD_TABLES = [
  'me',
  'my_assignment',
  'my_offer',
  'shift',
  'post',
  'org_unit',
  'callout',
  'assignment',
] as const satisfies readonly SyncedTable[]

type Place = Pick<
  MyAssignment,
  | 'community_id'
  | 'community_name'
  | 'org_unit_id'
  | 'place_name'
  | 'post_id'
  | 'post_name'
  | 'post_kind'
  | 'task'
  | 'kit'
  | 'contact'
  | 'duty_line'
  | 'callout_id'
  | 'callout_title'
  | 'callout_kind'
  | 'starts_at'
  | 'ends_at'
  | 'roster_id'
>
export interface Claim {
  assignment_id: string
  shift_id: string
  offer_id: string | null
  eta_min: number | null
}

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

/** Name of a place and of its community, and the nearest duty line. */
export async function placeOf(
  tx: Tx,
  unitId: string,
): Promise<{ place_name: string, community_name: string, duty_line: string | null }> {
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
  return {
    ...place,
    community_id,
    org_unit_id,
    roster_id,
    callout_id,
    starts_at,
    ends_at,
    post_id: post.id,
    post_name: post.name,
    post_kind: post.kind,
    task: post.task,
    kit: post.kit,
    contact: post.contact,
    callout_title: callout?.title ?? null,
    callout_kind: callout?.kind ?? null,
  }
}

/** A person asked by name may have no row of the shift: then the request itself describes the place. */
function placeFromOffer(offer: MyOffer): Place {
  const {
    community_id,
    community_name,
    org_unit_id,
    place_name,
    post_id,
    post_name,
    post_kind,
    task,
    kit,
    contact,
    duty_line,
    callout_id,
    callout_title,
    callout_kind,
    starts_at,
    ends_at,
  } = offer
  return {
    community_id,
    community_name,
    org_unit_id,
    place_name,
    post_id,
    post_name,
    post_kind,
    task,
    kit,
    contact,
    duty_line,
    callout_id,
    callout_title,
    callout_kind,
    starts_at,
    ends_at,
    roster_id: null,
  }
}

/** What a claim is judged by and shown with, asked in one go: each question to the disk costs as much as a write. */
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
  return {
    own,
    shift,
    me,
    offer,
    drill,
    mine: mine.filter(a => a.id !== claim.assignment_id),
    others: others.filter(a => a.id !== claim.assignment_id),
  }
}

/** True when every place is taken or held for somebody. */
export function isFull(shift: Shift | undefined): boolean {
  return shift !== undefined && shift.filled + shift.held >= shift.capacity
}

/** Says which refusal a claim is likely to meet; with an own hold, a full shift is no obstacle. */
export function doubtClaim(tx: Tx, { shift, mine, drill }: ClaimFacts, ctx: TapContext, ownHold: boolean): void {
  if (!shift) return
  if (shift.state !== 'open' || ms(shift.ends_at) <= ms(ctx.now)) tx.doubt('closed')
  else if (!ownHold && isFull(shift)) tx.doubt('full')
  else if (mine.some(a => isBinding(a.state) && overlaps(a, shift))) tx.doubt('overlap')
  else if (!drill) doubtTired(tx, mine, shift)
}

function doubtTired(tx: Tx, mine: MyAssignment[], shift: Shift): void {
  const { hard, soft } = fatigueOf(mine, shift)
  if (hard) tx.doubt('over_limit')
  else if (soft.length > 0) tx.doubt('resting')
}

/** Puts my own amber card and my line in the shift. No place is counted as taken: only the server grants. */
export async function putClaim(
  tx: Tx,
  claim: Claim,
  { shift, me, offer, others }: ClaimFacts,
  ctx: TapContext,
): Promise<void> {
  const place = (shift && await placeFromShift(tx, shift)) ?? (offer && placeFromOffer(offer))
  if (!place) return tx.doubt('gone')
  const { assignment_id: id, shift_id, eta_min } = claim
  const responder_id = me?.responder_id ?? ctx.login
  const state: AssignmentState = 'accepted'
  const times = { due_at: null, claimed_at: ctx.now, accepted_at: ctx.now, on_post_at: null, off_post_at: null }
  const with_names = others.filter(a => isBinding(a.state)).map(a => a.name).sort()
  await tx.put('my_assignment', {
    id,
    shift_id,
    responder_id,
    ...place,
    state,
    eta_min,
    ...times,
    with_names,
    door_hash: null,
  })
  const { community_id, starts_at, ends_at } = place
  await tx.put('assignment', {
    id,
    shift_id,
    responder_id,
    community_id,
    name: me?.name ?? '',
    starts_at,
    ends_at,
    state,
    on_post_at: null,
    off_post_at: null,
  })
}

/** Tables a place on the waitlist is built from. */
export const WAITING_TABLES = ['my_waitlist', 'shift', 'post', 'org_unit'] as const satisfies readonly SyncedTable[]

/** Puts my line on the waitlist; rank 0 = the server has not ranked it yet. */
export async function putWaiting(tx: Tx, id: string, shift: Shift): Promise<void> {
  const post = await tx.get('post', shift.post_id)
  const { place_name } = await placeOf(tx, shift.org_unit_id)
  const { community_id, starts_at, ends_at } = shift
  await tx.put('my_waitlist', {
    id,
    shift_id: shift.id,
    community_id,
    place_name,
    post_name: post?.name ?? '',
    starts_at,
    ends_at,
    rank: 0,
    state: 'waiting',
    hold_until: null,
  })
}
