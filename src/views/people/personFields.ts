import type { ResponderFields } from '#actions/responders.ts'
import type { ResponderLead } from '#domain/rows.ts'
import { checkResponder } from '#actions/recordFields.ts'
import { readMobile } from '#io/phone.ts'
import { listWords, personName } from '#io/text.ts'

/** What stands in the form, as it was typed. */
export interface PersonForm {
  name: string, phone: string, kind: string, building_id: string, display_name: string, skills: string
  partner_unit: string, party_org: string, night: boolean
}
/** A field that something is wrong with. */
export type PersonFault = Exclude<keyof PersonForm, 'night'>

/** A form for a new person, or with what this phone knows of one. The number is masked there, so its field is empty. */
export function personForm(person: ResponderLead | null): PersonForm {
  return {
    name: person?.name ?? '',
    phone: '',
    kind: person?.kind ?? '',
    building_id: person?.home_building_id ?? '',
    display_name: person?.display_name ?? '',
    skills: person?.skills.join(', ') ?? '',
    partner_unit: person?.partner_unit_name ?? '',
    party_org: person?.party_org_name ?? '',
    night: person ? person.night === 'yes' : false,
  }
}

/**
 * What a form says, or which fields cannot be taken. Of a person who is known only what was changed goes out: another
 * may have changed the rest meanwhile. An empty number of theirs stays as it is.
 */
export function readPersonForm(
  form: PersonForm, known: ResponderLead | null,
): { fields: ResponderFields, faults: PersonFault[] } {
  const before = known ? personForm(known) : null
  const goesOut = (key: keyof PersonForm): boolean => key === 'phone'
    ? known === null || form.phone.trim() !== ''
    : before === null || form[key] !== before[key]
  const said = {
    name: personName(form.name),
    phone: readMobile(form.phone)?.number ?? '',
    kind: form.kind,
    building_id: form.building_id || null,
    display_name: form.display_name.trim() || null,
    skills: listWords(form.skills),
    partner_unit: form.partner_unit.trim() || null,
    party_org: form.party_org.trim() || null,
    night: form.night ? 'yes' : 'no',
  }
  const out = Object.entries(said).filter(([key]) => goesOut(key as keyof PersonForm))
  const { fields, faults } = checkResponder(Object.fromEntries(out))
  return { fields, faults: faults as PersonFault[] }
}
