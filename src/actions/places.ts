import type { PostKind, WaitlistChoice } from '#domain/words.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { AppliedAnswer } from '#gateway/wire.ts'
import type { Setback } from './answer.ts'
import type { Written } from './responders.ts'
import * as v from 'valibot'
import { act } from './answer.ts'
import { DUTY, WRITTEN } from './responders.ts'

/** Fields of a grid, estate or building; one that is left out stays as it is. A new unit needs the first three. */
export interface UnitFields {
  level?: 'grid' | 'estate' | 'building', name?: string, parent_id?: string, duty_line?: string | null
}
/** Fields of a post; one that is left out stays as it is. A new post needs the first three. */
export interface PostFields {
  org_unit_id?: string, name?: string, kind?: PostKind, setting?: 'indoor' | 'outdoor', task?: string | null
  kit?: string | null, contact?: string | null, night_minimum?: number, waitlist_choice?: WaitlistChoice
  skill?: string | null
}

const IN_USE = v.object({
  units: v.optional(v.number(), 0),
  posts: v.optional(v.number(), 0),
  people: v.optional(v.number(), 0),
  roles: v.optional(v.number(), 0),
  callouts: v.optional(v.number(), 0),
})
/** How much hangs on a place. */
export type Hanging = v.InferOutput<typeof IN_USE>

/** What a refusal `in_use` counts; null for other details. */
export function hangingOf(detail: unknown): Hanging | null {
  const read = v.safeParse(IN_USE, detail)
  return read.success ? read.output : null
}

/**
 * Adds a grid, estate or building, or changes the fields that are given.
 * Refused forbidden; gone: it is not this community's; invalid: `detail.field`; taken: one of that name is there.
 * @param connection the server
 * @param id of the unit; a new uuid adds one
 * @param communityId where it lies
 * @param fields what to set
 */
export function saveUnit(
  connection: Connection, id: string, communityId: string, fields: UnitFields,
): Promise<Written | Setback> {
  return act(connection, 'save_unit', { p_id: id, p_community_id: communityId, p_fields: fields as object }, WRITTEN)
}

/**
 * Sets the number that residents and responders call, on a community or a unit in it; null = none of its own.
 * Refused forbidden; gone; invalid: it is no number.
 */
export function setDutyLine(
  connection: Connection, unitId: string, line: string | null,
): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'set_duty_line', { p_org_unit_id: unitId, p_line: line ?? '' }, {})
}

/** Removes a unit in which nothing lies. Refused forbidden; gone; in_use: `hangingOf` says what lies in it. */
export function removeUnit(
  connection: Connection, id: string, communityId: string,
): Promise<{ status: 'applied' } | Setback> {
  return act(connection, 'remove_unit', { p_id: id, p_community_id: communityId }, {})
}

/**
 * Adds a post, or changes the fields that are given; a post that was ended there under the same name goes on.
 * Refused as `saveUnit` is.
 * @param connection the server
 * @param id of the post; a new uuid adds one
 * @param communityId where it stands
 * @param fields what to set
 */
export function savePost(
  connection: Connection, id: string, communityId: string, fields: PostFields,
): Promise<Written | Setback> {
  return act(connection, 'save_post', { p_id: id, p_community_id: communityId, p_fields: fields as object }, WRITTEN)
}

const RELEASED = { released: DUTY }
export type PostEnd = AppliedAnswer<typeof RELEASED>

/**
 * Gives up a post. Refused forbidden; gone; invalid (field on_post): somebody is on post there; in_use: a call-out runs
 * there; has_duty: shifts lie ahead (`dutyOf`), and `release` was not said.
 */
export function endPost(
  connection: Connection, id: string, communityId: string, release: boolean,
): Promise<PostEnd | Setback> {
  return act(connection, 'end_post', { p_id: id, p_community_id: communityId, p_release: release }, RELEASED)
}
