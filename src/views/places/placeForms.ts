import type { PostFields, UnitFields } from '#actions/places.ts'
import type { Checked } from '#actions/recordFields.ts'
import type { OrgUnit, Post } from '#domain/rows.ts'
import type { WaitlistChoice } from '#domain/words.ts'
import { checkPost, checkUnit } from '#actions/recordFields.ts'
import { plainLine } from '#domain/dutyLine.ts'
import { readPlace } from '#io/place.ts'

export type UnitLevel = 'grid' | 'estate' | 'building'

/** What stands in the form of a unit, as it was typed. `parent_id` '' = straight below the community. */
export interface UnitForm { level: UnitLevel, name: string, parent_id: string, duty_line: string }
/** What stands in the form of a post. */
export interface PostForm {
  org_unit_id: string, name: string, kind: string, setting: 'indoor' | 'outdoor', task: string, kit: string
  contact: string, night_minimum: number, waitlist_choice: WaitlistChoice, skill: string
}

/** The form of a post, new at a place or as it is known. */
export function postForm(at: string, post: Post | null): PostForm {
  if (!post) {
    return {
      org_unit_id: at, name: '', kind: '', setting: 'outdoor', task: '', kit: '', contact: '', night_minimum: 1,
      waitlist_choice: 'auto', skill: '',
    }
  }
  const { org_unit_id, name, kind, setting, night_minimum, waitlist_choice } = post
  const texts = { task: post.task ?? '', kit: post.kit ?? '', contact: post.contact ?? '', skill: post.skill ?? '' }
  return { org_unit_id, name, kind, setting, night_minimum, waitlist_choice, ...texts }
}

/** What goes out: everything of a new record; of one that is known, `before`, only the fields that were changed. */
function changed<F extends object>(said: object, form: F, before: F | null): object {
  const isOut = (key: string): boolean => before === null || form[key as keyof F] !== before[key as keyof F]
  return Object.fromEntries(Object.entries(said).filter(([key]) => isOut(key)))
}

/** Reads the form of a post. `before` = what the form of a known post began with; others may have changed the rest. */
export function readPostForm(form: PostForm, before: PostForm | null): Checked<PostFields> {
  const clear = (text: string): string | null => text.trim() || null
  const texts = {
    task: clear(form.task), kit: clear(form.kit), contact: clear(form.contact), skill: clear(form.skill),
  }
  return checkPost(changed({ ...form, name: form.name.trim(), ...texts }, form, before))
}

/** The form of a unit, new below another or as it is known; the community itself counts as no parent. */
export function unitForm(level: UnitLevel, parent: string, unit: OrgUnit | null, community: string): UnitForm {
  const above = unit ? unit.parent_id ?? '' : parent
  return {
    level,
    name: unit?.name ?? '',
    parent_id: above === community ? '' : above,
    duty_line: unit?.duty_line ?? '',
  }
}

/**
 * Reads the form of a unit. A building's name is written as lists write it: 06幢 is 6栋; an extension of the duty line
 * stands after a comma. `before` = what the form of a known unit began with.
 */
export function readUnitForm(form: UnitForm, before: UnitForm | null, community: string): Checked<UnitFields> {
  const building = form.level === 'building'
  const name = form.name.trim()
  const { buildings, estate } = readPlace(name)
  const said = {
    level: form.level,
    name: building && estate === '' && buildings.length === 1 ? buildings[0]! : name,
    parent_id: form.parent_id || (building ? '' : community),
    duty_line: lineSaid(form.duty_line),
  }
  return checkUnit(changed(said, form, before))
}

/** A duty line as it goes out: null clears it; what is no number goes to the check as it is, which names it. */
export function lineSaid(typed: string): string | null {
  return typed.trim() === '' ? null : plainLine(typed) ?? typed
}
