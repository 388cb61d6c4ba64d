import type { PartyOrg } from '#domain/organisationRows.ts'
import { expect, it } from 'vitest'
import { orgForm, readOrgForm } from './orgForm.ts'

const org: PartyOrg = {
  id: 'o', keeper_id: 'c', name: '东区支部', kind: 'branch', state: 'formed', org_unit_id: 'g', partner_unit_id: null,
  parent_id: 'top', callout_id: null, formed_on: '2021-06-11', ended_on: null, merged_into: null, covers: ['b1', 'b2'],
  members: 48, posts: [],
}

it('an organisation that nobody changed goes out as it is', () => {
  const { args, faults } = readOrgForm(orgForm(org, {}), 'o', 'c', [org])
  const { id, ended_on, merged_into, members, posts, ...rest } = org
  expect([args, faults]).toEqual([{ ...rest, party_org_id: 'o' }, []])
})

it('a new one needs a name and where it hangs; what the page knows stands there already', () => {
  expect(readOrgForm(orgForm(null, {}), 'n', 'c', []).faults).toEqual(['name', 'org_unit_id'])
  expect(readOrgForm({ ...orgForm(null, {}), on: 'unit' }, 'n', 'c', []).faults).toEqual(['name', 'partner_unit_id'])
  expect(readOrgForm(orgForm(null, { org_unit_id: 'g', name: ' 西区支部 ' }), 'n', 'c', [])).toMatchObject({
    args: { name: '西区支部', org_unit_id: 'g', partner_unit_id: null, parent_id: null, covers: [], formed_on: null },
    faults: [],
  })
})

it('a name is taken where another that lives stands under the same parent', () => {
  const said = { ...orgForm(null, { org_unit_id: 'g' }), name: '东区支部' }
  const faults = (form: typeof said, others: PartyOrg[]): string[] => readOrgForm(form, 'n', 'c', others).faults
  expect(faults({ ...said, parent_id: 'top' }, [org])).toEqual(['taken'])
  expect(faults(said, [org])).toEqual([])
  expect(faults({ ...said, parent_id: 'top' }, [{ ...org, state: 'closed', ended_on: '2026-01-01' }])).toEqual([])
})

it('one for a call-out names it; any other has none, and one that is only proposed no day', () => {
  const form = orgForm(null, { org_unit_id: 'c', name: '临时党支部', callout_id: 'k', formed_on: '2026-11-24' })
  expect(readOrgForm({ ...form, kind: 'temporary' }, 'n', 'c', []).args.callout_id).toBe('k')
  expect(readOrgForm({ ...form, kind: 'temporary', callout_id: '' }, 'n', 'c', []).faults).toEqual(['callout_id'])
  expect(readOrgForm({ ...form, state: 'proposed' }, 'n', 'c', []).args).toMatchObject({
    callout_id: null, formed_on: null,
  })
})
