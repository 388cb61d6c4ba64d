import type { AppDb } from '#db/db.ts'
import { orgTree, placeLabel } from '#domain/orgTree.ts'

/** Where and when something is; times ISO. */
export interface AboutPlace { place_name: string, post_name: string, starts_at: string, ends_at: string }
/** What an intent is about: a shift with its place, else the name of the call-out, roster or unit. */
export interface IntentAbout { place: AboutPlace | null, title: string | null }

/** Place and span of a shift; null where this phone has no row of it. */
export async function shiftPlace(db: AppDb, id: string | null): Promise<AboutPlace | null> {
  const shift = id ? await db.rows('shift').get(id) : undefined
  if (!shift) return null
  const [post, units] = await Promise.all([db.rows('post').get(shift.post_id), db.rows('org_unit').toArray()])
  const { starts_at, ends_at, org_unit_id } = shift
  return { place_name: placeLabel(orgTree(units), org_unit_id), post_name: post?.name ?? '', starts_at, ends_at }
}

/** The shift that the ids of an intent, a verdict or a dead letter lead to. */
export async function intentPlace(db: AppDb, ids: Record<string, unknown> | null): Promise<AboutPlace | null> {
  const id = (key: string): string => typeof ids?.[key] === 'string' ? ids[key] : ''
  const [offer, mine, waiting] = await Promise.all([
    db.rows('my_offer').get(id('offer_id')),
    db.rows('my_assignment').get(id('assignment_id')),
    db.rows('my_waitlist').get(id('waitlist_id')),
  ])
  const own = offer ?? mine ?? waiting
  if (own) return own
  const [asked, line, cover, turn] = await Promise.all([
    db.rows('offer_lead').get(id('offer_id')),
    db.rows('assignment').get(id('assignment_id')),
    db.rows('cover_request').get(id('cover_id')),
    db.rows('waitlist_lead').get(id('waitlist_id')),
  ])
  return shiftPlace(db, asked?.shift_id ?? line?.shift_id ?? cover?.shift_id ?? turn?.shift_id ?? id('shift_id'))
}

/** What an intent is about, so that no line of a queue reads like another. */
export async function intentAbout(db: AppDb, ids: Record<string, unknown> | null): Promise<IntentAbout> {
  const place = await intentPlace(db, ids)
  if (place) return { place, title: null }
  const id = (key: string): string => typeof ids?.[key] === 'string' ? ids[key] : ''
  const [ladder, help, mode, roster, template] = await Promise.all([
    db.rows('ladder').get(id('ladder_id')),
    db.rows('reinforcement').get(id('reinforcement_id')),
    db.rows('mode').get(id('mode_id')),
    db.rows('roster').get(id('roster_id')),
    db.rows('callout_template').get(id('template_id')),
  ])
  const [callout, units] = await Promise.all([
    db.rows('callout').get(ladder?.callout_id ?? id('callout_id')),
    db.rows('org_unit').toArray(),
  ])
  const unit = placeLabel(orgTree(units), id('org_unit_id'))
  const title = callout?.title ?? help?.title ?? roster?.name ?? template?.name ?? (unit || mode?.org_unit_name)
  return { place: null, title: title ?? null }
}
