import type { MutationArgs } from '#domain/mutations.ts'
import type { PartyOrg } from '#domain/organisationRows.ts'
import type { PartyOrgKind } from '#domain/words.ts'
import { isLive } from '#domain/partyTree.ts'

/** What stands in the form of an organisation; `covers`: ids with a space between, '' = nothing chosen. */
export interface OrgForm {
  name: string, kind: PartyOrgKind, state: 'proposed' | 'formed', on: 'place' | 'unit', org_unit_id: string
  partner_unit_id: string, parent_id: string, covers: string, formed_on: string, callout_id: string
}
/** A field that something is wrong with; taken: another one above the same has the name. */
export type OrgFault = 'name' | 'taken' | 'org_unit_id' | 'partner_unit_id' | 'callout_id'

/** The form of an organisation as it is known, or of a new one that begins with `start`. */
export function orgForm(org: PartyOrg | null, start: Partial<OrgForm>): OrgForm {
  if (!org) {
    return {
      name: '', kind: 'branch', state: 'formed', on: 'place', org_unit_id: '', partner_unit_id: '', parent_id: '',
      covers: '', formed_on: '', callout_id: '', ...start,
    }
  }
  return {
    name: org.name,
    kind: org.kind,
    state: org.state === 'proposed' ? 'proposed' : 'formed',
    on: org.partner_unit_id === null ? 'place' : 'unit',
    org_unit_id: org.org_unit_id ?? '',
    partner_unit_id: org.partner_unit_id ?? '',
    parent_id: org.parent_id ?? '',
    covers: org.covers.join(' '),
    formed_on: org.formed_on ?? '',
    callout_id: org.callout_id ?? '',
  }
}

/** The ids in a list of covered places. */
export function coversOf(covers: string): string[] {
  return covers.split(' ').filter(id => id !== '')
}

/**
 * Reads the form: what goes out, and which fields cannot be taken.
 * @param form what stands in it
 * @param id of the organisation, known or new
 * @param keeper the node that keeps it
 * @param orgs the other organisations of that node
 */
export function readOrgForm(
  form: OrgForm, id: string, keeper: string, orgs: readonly PartyOrg[],
): { args: MutationArgs['save_party_org'], faults: OrgFault[] } {
  const args = {
    party_org_id: id,
    keeper_id: keeper,
    name: form.name.trim(),
    kind: form.kind,
    state: form.state,
    org_unit_id: form.on === 'place' ? form.org_unit_id || null : null,
    partner_unit_id: form.on === 'unit' ? form.partner_unit_id || null : null,
    parent_id: form.parent_id || null,
    covers: coversOf(form.covers),
    formed_on: form.state === 'formed' ? form.formed_on || null : null,
    callout_id: form.kind === 'temporary' ? form.callout_id || null : null,
  }
  const twin = orgs.some(o =>
    o.id !== id && o.parent_id === args.parent_id && o.name === args.name && isLive(o))
  const wrong: [OrgFault, boolean][] = [
    ['name', args.name.length < 1 || args.name.length > 80],
    ['taken', twin],
    ['org_unit_id', form.on === 'place' && args.org_unit_id === null],
    ['partner_unit_id', form.on === 'unit' && args.partner_unit_id === null],
    ['callout_id', form.kind === 'temporary' && args.callout_id === null],
  ]
  return { args, faults: wrong.flatMap(([field, is]) => is ? [field] : []) }
}
