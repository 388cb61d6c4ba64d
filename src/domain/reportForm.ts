import type { TimeChoice } from './reportTimes.ts'
import type { HourCode } from './weekParts.ts'
import type { ConsentPurpose, PartnerUnitKind, ResponderKind, Trade } from './words.ts'
import { doorCodeOf } from './doorCode.ts'
import { fitsOf, timesOf } from './reportTimes.ts'

/** Who reports in: somebody for themselves, somebody in 新就业群体, or a unit as a whole. */
export type ReportAs = 'person' | 'courier' | 'unit'
export type ReportStep = 'rest' | 'where' | 'what' | 'unit' | 'who'
const STEPS: Readonly<Record<ReportAs, readonly ReportStep[]>> = {
  person: ['where', 'what', 'who'],
  courier: ['rest', 'what', 'who'],
  unit: ['where', 'unit', 'who'],
}
/** The three steps of a report. */
export const stepsOf = (as: ReportAs): readonly ReportStep[] => STEPS[as]

/** The kinds that somebody says of themselves; 新就业群体 goes by the trade, community workers are appointed. */
export const REPORT_KINDS = [
  'party_member_in_service', 'party_member_resident', 'volunteer', 'sent_cadre',
] as const satisfies readonly ResponderKind[]
/** What a person can offer to do, by the key of its word. Couriers and drivers are never asked to hold a gate. */
export const SKILL_KEYS = {
  person: ['gate', 'patrol', 'carry', 'medical', 'repair', 'drive', 'sign'],
  courier: ['report', 'guide', 'carry', 'medical', 'sign'],
} as const
export type SkillKey = typeof SKILL_KEYS['person' | 'courier'][number]

/** What stands in the form. `address`: where the building is not in the list; `lost` = it is not. */
export interface ReportDraft {
  as: ReportAs, building: string | null, lost: boolean, address: string, skills: string[], times: TimeChoice[]
  unit: string, kind: ResponderKind | '', trade: Trade | '', restFrom: string, restTo: string
  unitKind: PartnerUnitKind | '', people: string, name: string, phone: string, consents: ConsentPurpose[]
}
/** A field that something is missing in, or wrong with. */
export type ReportFault = 'building' | 'trade' | 'rest' | 'unit' | 'unitKind' | 'people' | 'name' | 'phone' | 'kind'

/** What travels to `send_report`; what was not said is left out. */
export interface ReportFields {
  name: string, phone: string, kind?: ResponderKind, trade?: Trade, rest_from?: string, rest_to?: string
  building_id?: string, address?: string, unit?: string, unit_kind?: PartnerUnitKind, people?: number
  skills?: string[], fits?: HourCode[], consents?: ConsentPurpose[]
}

/** An empty form; no consent is ticked. */
export function emptyReport(as: ReportAs, building: string | null): ReportDraft {
  return {
    as, building, lost: false, address: '', skills: [], times: [], unit: '', kind: '', trade: '', restFrom: '',
    restTo: '', unitKind: '', people: '', name: '', phone: '', consents: [],
  }
}

/**
 * What of a form still fits the place whose buildings these are: one that is not among them is not chosen, and where
 * none is listed the address is written. null: nothing is known of the place, and what was chosen before stays.
 */
export function homeIn(
  { building, lost }: ReportDraft, buildings: readonly { id: string }[] | null,
): Pick<ReportDraft, 'building' | 'lost'> {
  if (buildings === null) return { building, lost: lost || building === null }
  const listed = buildings.some(b => b.id === building)
  return { building: listed ? building : null, lost: lost || buildings.length === 0 }
}

/** A mobile number as figures, as people type it; null when it is none. */
export function mobileOf(typed: string): string | null {
  const figures = typed.normalize('NFKC').replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '')
  return /^1[3-9]\d{9}$/.test(figures) ? figures : null
}

const CLOCK = /^(?:[01]\d|2[0-3]):[0-5]\d$/
/** The server takes 20 words of 20 characters and refuses a report with more. */
const MOST_SKILLS = 20
const skillsOf = (draft: ReportDraft): string[] =>
  draft.skills.slice(0, MOST_SKILLS).map(word => [...word].slice(0, MOST_SKILLS).join(''))
const peopleOf = (draft: ReportDraft): number => Number(draft.people.normalize('NFKC').trim())

/** What a step still lacks, in the order of its fields. Nobody has to say what they can do, or when. */
export function missingIn(draft: ReportDraft, step: ReportStep): ReportFault[] {
  const lacks = (field: ReportFault, isThere: boolean): ReportFault[] => isThere ? [] : [field]
  switch (step) {
    case 'where': return lacks('building', draft.lost ? draft.address.trim() !== '' : draft.building !== null)
    case 'rest': {
      const rest = [draft.restFrom, draft.restTo]
      return [
        ...lacks('trade', draft.trade !== ''),
        ...lacks('rest', rest.every(time => time === '') || rest.every(time => CLOCK.test(time))),
      ]
    }
    case 'what': return []
    case 'unit': {
      const people = peopleOf(draft)
      return [
        ...lacks('unit', draft.unit.trim() !== ''),
        ...lacks('unitKind', draft.unitKind !== ''),
        ...lacks('people', Number.isInteger(people) && people >= 1 && people <= 9999),
      ]
    }
    case 'who': return [
      ...lacks('name', draft.name.trim() !== ''),
      ...lacks('phone', mobileOf(draft.phone) !== null),
      ...lacks('kind', draft.as !== 'person' || draft.kind !== ''),
    ]
  }
}

/** What a whole form says, once nothing is missing. What belongs to another way of reporting in stays at home. */
export function fieldsOf(draft: ReportDraft): ReportFields {
  const word = <K extends string>(name: K, text: string): { [P in K]?: string } =>
    (text.trim() === '' ? {} : { [name]: text.trim() }) as { [P in K]?: string }
  const some = <K extends string, V>(name: K, list: readonly V[]): { [P in K]?: V[] } =>
    (list.length === 0 ? {} : { [name]: [...list] }) as { [P in K]?: V[] }
  const said = {
    name: draft.name.trim(), phone: mobileOf(draft.phone) ?? '', ...word('unit', draft.unit),
    ...some('skills', skillsOf(draft)),
  }
  const home = draft.lost ? word('address', draft.address) : word('building_id', draft.building ?? '')
  switch (draft.as) {
    case 'person': return {
      ...said,
      ...home,
      ...draft.kind === '' ? {} : { kind: draft.kind },
      ...some('fits', fitsOf(draft.times)),
      ...some('consents', draft.consents.filter(purpose => purpose !== 'report_name')),
    }
    case 'courier': return {
      ...said,
      ...draft.trade === '' ? {} : { trade: draft.trade },
      ...word('rest_from', draft.restFrom),
      ...word('rest_to', draft.restTo),
      ...some('consents', draft.consents),
    }
    case 'unit': return {
      ...said, ...home, people: peopleOf(draft), ...draft.unitKind === '' ? {} : { unit_kind: draft.unitKind },
    }
  }
}

/** The form that said this, to mend it. */
export function draftOf(fields: ReportFields): ReportDraft {
  const as: ReportAs = fields.unit_kind ? 'unit' : fields.trade ? 'courier' : 'person'
  return {
    as,
    building: fields.building_id ?? null,
    lost: fields.address !== undefined,
    address: fields.address ?? '',
    skills: [...fields.skills ?? []],
    times: timesOf(fields.fits ?? null).choices,
    unit: fields.unit ?? '',
    kind: fields.kind ?? '',
    trade: fields.trade ?? '',
    restFrom: fields.rest_from ?? '',
    restTo: fields.rest_to ?? '',
    unitKind: fields.unit_kind ?? '',
    people: String(fields.people ?? ''),
    name: fields.name,
    phone: fields.phone,
    consents: [...fields.consents ?? []],
  }
}

/** The code of a door or of a wall, as typed, scanned, or standing in a link; null when it is none. */
export function reportCodeOf(text: string): string | null {
  return doorCodeOf(/[?&]code=([^&#]+)/i.exec(text)?.[1] ?? text)
}
