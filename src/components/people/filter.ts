import type { ResponderLead } from '#domain/rows.ts'
import type { ResponderKind } from '#domain/words.ts'
import { findPeople } from '#components/roster/findPeople.ts'
import { byName } from '#domain/orgTree.ts'

/** What a list of people is narrowed by; '' = not by this. */
export interface PeopleFilter {
  login: 'all' | 'none' | 'invited' | 'active', building: string, unit: string, kind: '' | ResponderKind, skill: string
}
export const NO_FILTER: PeopleFilter = { login: 'all', building: '', unit: '', kind: '', skill: '' }

type Row = Pick<
  ResponderLead,
  | 'name' | 'pinyin' | 'initials' | 'phone_tail' | 'login' | 'home_building_id' | 'home_label' | 'partner_unit_name'
  | 'kind' | 'skills'
>
export interface FilterChoices {
  buildings: { value: string, label: string }[], units: string[], kinds: ResponderKind[], skills: string[]
}

/** The people a query and a filter leave: best match first, else in the order they came in. */
export function filterPeople<R extends Row>(rows: readonly R[], query: string, filter: PeopleFilter): R[] {
  const kept = rows.filter(r =>
    (filter.login === 'all' || r.login === filter.login)
    && (filter.building === '' || r.home_building_id === filter.building)
    && (filter.unit === '' || r.partner_unit_name === filter.unit)
    && (filter.kind === '' || r.kind === filter.kind)
    && (filter.skill === '' || r.skills.includes(filter.skill)),
  )
  return query.trim() === '' ? kept : findPeople(kept.map(r => ({ ...r, tail: r.phone_tail })), query)
}

/** What there is to choose from among these people, each list in the order a reader expects. */
export function choicesOf(rows: readonly Row[]): FilterChoices {
  const homes = new Map(rows.flatMap(r => r.home_building_id ? [[r.home_building_id, r.home_label ?? '']] : []))
  const distinct = (words: readonly (string | null)[]): string[] =>
    [...new Set(words)].filter((w): w is string => w !== null && w !== '').sort(byName)
  return {
    buildings: [...homes].map(([value, label]) => ({ value, label })).sort((a, b) => byName(a.label, b.label)),
    units: distinct(rows.map(r => r.partner_unit_name)),
    kinds: distinct(rows.map(r => r.kind)) as ResponderKind[],
    skills: distinct(rows.flatMap(r => r.skills)),
  }
}

/**
 * The skills there are to choose from, each with how many have it; a skill that was chosen before stays, also when
 * nobody has it now. Skills come from free text, so the counts show near-doubles.
 */
export function skillChoices(rows: readonly Row[], chosen: string | null): { value: string, n: number }[] {
  const here = choicesOf(rows).skills
  const all = !chosen || here.includes(chosen) ? here : [chosen, ...here]
  return all.map(value => ({ value, n: rows.filter(r => r.skills.includes(value)).length }))
}

/** How many of the four lists narrow the people; the sign-in filter stands apart and is always seen. */
export function narrowings(filter: PeopleFilter): number {
  return [filter.building, filter.unit, filter.kind, filter.skill].filter(f => f !== '').length
}
