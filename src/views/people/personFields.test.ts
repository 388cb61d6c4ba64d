import type { ResponderLead } from '../../domain/rows.ts'
import { expect, it } from 'vitest'
import { personForm, readPersonForm } from './personFields.ts'

const known: ResponderLead = {
  id: 'p', community_ids: ['c'], name: '王建国', display_name: '王师傅', pinyin: 'wangjianguo', initials: 'wjg',
  kind: 'volunteer', phone_masked: '139****0001', phone_tail: '0001', skills: ['急救', '送药'], night: 'no',
  home_building_id: 'b1', home_label: '梧桐苑 1栋', partner_unit_name: '区财政局', party_org_name: null, state: 'active',
  login: 'active', report_in: 'confirmed', public_display: false,
}
const blank = personForm(null)

it('a new person says everything, as lists do', () => {
  const form = { ...blank, name: ' 王 芳 ', phone: '+86 139-0000-0001', kind: 'volunteer', skills: '急救，开锁、急救' }
  expect(readPersonForm(form, null)).toEqual({
    faults: [],
    fields: {
      name: '王芳', phone: '13900000001', kind: 'volunteer', building_id: null, display_name: null,
      skills: ['急救', '开锁'], partner_unit: null, party_org: null, night: 'no',
    },
  })
})

it.each([
  [{}, ['name', 'phone', 'kind']],
  [{ name: '王芳', kind: 'volunteer', phone: '025-83001234' }, ['phone']],
  [{ name: '王芳', kind: 'hero', phone: '13900000001' }, ['kind']],
  [{ name: '王芳', kind: 'volunteer', phone: '13900000001', display_name: '长'.repeat(21) }, ['display_name']],
])('names the fields of %j that cannot be taken', (over, faults) =>
  expect(readPersonForm({ ...blank, ...over }, null).faults).toEqual(faults))

it('of a known person only what was changed goes out, and an empty number stays', () => {
  expect(readPersonForm(personForm(known), known)).toEqual({ fields: {}, faults: [] })
  const form = { ...personForm(known), skills: '', partner_unit: '', night: true, building_id: 'b2' }
  expect(readPersonForm(form, known).fields)
    .toEqual({ skills: [], partner_unit: null, night: 'yes', building_id: 'b2' })
  expect(readPersonForm({ ...personForm(known), phone: '１３９ ００００ ０００２' }, known).fields)
    .toEqual({ phone: '13900000002' })
  expect(readPersonForm({ ...personForm(known), name: ' ' }, known).faults).toEqual(['name'])
})
