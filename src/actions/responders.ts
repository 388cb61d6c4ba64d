import type { ResponderKind } from '#domain/words.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { AppliedAnswer } from '#gateway/wire.ts'
import type { Setback } from './answer.ts'
import * as v from 'valibot'
import { ALL_ROLES } from '#domain/roles.ts'
import { MOMENT } from '#gateway/wire.ts'
import { act } from './answer.ts'

/**
 * Fields of a person on a community's list. One that is left out stays as it is; null clears a text. A new person needs
 * name, phone and kind.
 */
export interface ResponderFields {
  name?: string, phone?: string, kind?: ResponderKind, building_id?: string | null, display_name?: string | null
  skills?: string[], partner_unit?: string | null, party_org?: string | null, night?: 'yes' | 'no'
  pinyin?: string, initials?: string
}

/** Duty as an answer lists it. */
export const DUTY = v.array(v.object({ starts_at: MOMENT, place_name: v.string(), name: v.optional(v.string()) }))
/** Duty that would be, or was, released: where and when (ISO), and whose where it is not clear. */
export type ReleasedDuty = v.InferOutput<typeof DUTY>
const ROLES = v.array(v.object({ role: v.picklist(ALL_ROLES), place_name: v.string() }))
const HAS_DUTY = v.object({ duty: DUTY, shifts: v.optional(v.number()), roles: v.optional(ROLES) })
/** What would be lost: duty, how many shifts would be called off, and roles with where they are held. */
export interface Losses { duty: ReleasedDuty, shifts: number, roles: v.InferOutput<typeof ROLES> }
const TAKEN = v.object({ id: v.string() })

/** What a refusal `has_duty` names; null for other details. */
export function dutyOf(detail: unknown): Losses | null {
  return v.is(HAS_DUTY, detail) ? { duty: detail.duty, shifts: detail.shifts ?? 0, roles: detail.roles ?? [] } : null
}

/** The record that a refusal `taken` names; null for other details. */
export function twinOf(detail: unknown): string | null {
  return v.is(TAKEN, detail) ? detail.id : null
}

/** `id` of the record that was written. */
export const WRITTEN = { id: v.string() }
export type Written = AppliedAnswer<typeof WRITTEN>

/**
 * Adds a person to a community's list, or changes the fields that are given.
 * Refused forbidden; gone: the record is not the community's; invalid: `detail.field`; taken: the number stands on
 * this list already (`twinOf`).
 * @param connection the server
 * @param id of the record; a new uuid adds one
 * @param communityId whose list
 * @param fields what to set
 */
export function saveResponder(
  connection: Connection, id: string, communityId: string, fields: ResponderFields,
): Promise<Written | Setback> {
  const args = { p_id: id, p_community_id: communityId, p_fields: fields as object }
  return act(connection, 'save_responder', args, WRITTEN)
}

const ENDED = { released: DUTY, removed: v.boolean() }
/** What was released; `removed`: the record was never used, and is gone. */
export type ResponderEnd = AppliedAnswer<typeof ENDED>

/**
 * Takes a person off a community's list.
 * Refused forbidden; gone; invalid (field on_post, or self: nobody takes themselves off); has_duty: duty lies ahead or
 * roles would end (`dutyOf`), and `release` was not said.
 */
export function endResponder(
  connection: Connection, responderId: string, communityId: string, release: boolean,
): Promise<ResponderEnd | Setback> {
  const args = { p_responder_id: responderId, p_community_id: communityId, p_release: release }
  return act(connection, 'end_responder', args, ENDED)
}
