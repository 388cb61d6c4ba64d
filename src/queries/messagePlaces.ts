import type { AppDb } from '#db/db.ts'
import type { OrgTree } from '#domain/orgTree.ts'
import type { LeadEvent } from '#domain/rows.ts'
import { orgTree, placeLabel, sharedUnit } from '#domain/orgTree.ts'
import { MINUTE, ms } from '#domain/time.ts'
import { shiftsBetween } from './rosterRows.ts'

/** Where and when a message is about; times ISO, null where it is about no span. `post_name` '' = no post. */
export interface MessagePlace {
  place_name: string, post_name: string, starts_at: string | null, ends_at: string | null
  /** the building or gate; null = none known */
  unit?: string | null
}
/** Looks places up as they are called on paper: estate and building, never the building alone. */
export interface Places {
  ofShift: (id: string | null) => Promise<MessagePlace | null>
  ofEvent: (event: LeadEvent) => Promise<MessagePlace | null>
}

/** Places for one reading of the messages; the tree of units is read once, and only when somebody asks. */
export function messagePlaces(db: AppDb): Places {
  let known: Promise<OrgTree> | undefined
  const tree = (): Promise<OrgTree> => known ??= db.rows('org_unit').toArray().then(orgTree)
  async function ofShift(id: string | null): Promise<MessagePlace | null> {
    const shift = id ? await db.rows('shift').get(id) : undefined
    if (!shift) return null
    const { starts_at, ends_at, org_unit_id: unit } = shift
    const post = await db.rows('post').get(shift.post_id)
    return { place_name: placeLabel(await tree(), unit), post_name: post?.name ?? '', starts_at, ends_at, unit }
  }
  /** A ladder's event is about its call-out and slot, a request about its building. */
  async function ofEvent(event: LeadEvent): Promise<MessagePlace | null> {
    const { starts_at = null, ends_at = null, detail } = event
    const at = await ofShift(event.shift_id)
    if (at) return at
    const none = { post_name: '', starts_at: null, ends_at: null, unit: null }
    if (typeof detail?.building_id === 'string')
      return { ...none, place_name: placeLabel(await tree(), detail.building_id), unit: detail.building_id }
    const slot = starts_at && ends_at ? await ofSlot(event, starts_at, ends_at) : null
    if (slot) return slot
    const callout = event.callout_id ? await db.rows('callout').get(event.callout_id) : undefined
    return callout || starts_at ? { ...none, place_name: callout?.title ?? '', starts_at, ends_at } : null
  }
  /** A slot is many shifts: its place is what they share, a building or an estate; null when they share neither. */
  async function ofSlot(event: LeadEvent, starts_at: string, ends_at: string): Promise<MessagePlace | null> {
    const { callout_id, community_id } = event
    if (!callout_id) return null
    const shifts = (await shiftsBetween(db, community_id, ms(starts_at), ms(starts_at) + MINUTE))
      .filter(s => s.callout_id === callout_id && ms(s.ends_at) === ms(ends_at))
    const unit = sharedUnit(await tree(), shifts.map(s => s.org_unit_id))
    if (!unit) return null
    const posts = await db.rows('post').bulkGet([...new Set(shifts.map(s => s.post_id))])
    const names = [...new Set(posts.map(p => p?.name ?? ''))]
    const post_name = names.length === 1 ? names[0]! : ''
    const at = shifts.every(s => s.org_unit_id === unit) ? unit : null
    return { place_name: placeLabel(await tree(), unit), post_name, starts_at, ends_at, unit: at }
  }
  return { ofShift, ofEvent }
}
