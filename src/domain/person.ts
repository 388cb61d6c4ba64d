import type { ResponderKind } from './words.ts'
import { assertNever } from './codes.ts'

/** What the public may know of a person's role: never the unit, never the exact kind of cadre. */
export type PublicRole = 'party_volunteer' | 'volunteer' | 'sent_cadre' | 'community_worker' | 'on_duty'

/** The public role of a kind; 'on_duty' (值守人员) without consent to public display. */
export function publicRole(kind: ResponderKind | null, consented: boolean): PublicRole {
  if (!consented || kind === null) return 'on_duty'
  switch (kind) {
    case 'sent_cadre': return 'sent_cadre'
    case 'party_member_in_service':
    case 'party_member_resident': return 'party_volunteer'
    case 'volunteer':
    case 'new_employment': return 'volunteer'
    case 'community_worker': return 'community_worker'
    default: return assertNever(kind)
  }
}

/** Surname for a round mark: the first character, a whole code point even for rare ones. */
export function surnameMark(name: string): string {
  return [...name.trim()][0] ?? ''
}

/** The kinds of a person, in the order a choice shows them. */
export const RESPONDER_KINDS = [
  'sent_cadre', 'party_member_in_service', 'party_member_resident', 'volunteer', 'new_employment', 'community_worker',
] as const satisfies readonly ResponderKind[]

/** The skill that a shift asks for and a person has not, or null. The same as in SQL private.may_serve. */
export function lackedSkill(needed: string | null | undefined, skills: readonly string[]): string | null {
  return !needed || skills.includes(needed) ? null : needed
}
