import type { PartnerUnit } from '#domain/organisationRows.ts'
import { expect, it } from 'vitest'
import { nameTwin, readUnitForm, unitForm } from './unitForm.ts'

const unit: PartnerUnit = {
  id: 'u', keeper_id: 'c', name: '三江物流宁海站', kind: 'platform', state: 'active', place_id: 'g',
  address: '宁海路 88 号', line: '025-00830016,802', wall_code: null, contact_id: 'r', contact_name: '孙晓梅',
  ended_on: null, merged_into: null, people: 11, party_org_name: null, liaisons: [],
}

it('a unit that nobody changed goes out as it is', () => {
  const { args, faults } = readUnitForm(unitForm(unit, '025-00830016 转 802'), 'u', 'c', [unit])
  expect([args, faults]).toEqual([{
    partner_unit_id: 'u', keeper_id: 'c', name: '三江物流宁海站', kind: 'platform', place_id: 'g',
    address: '宁海路 88 号', line: '025-00830016,802', contact_id: 'r',
  }, []])
})

it('a new one needs a name and a kind; what is left empty is null', () => {
  expect(readUnitForm(unitForm(null, ''), 'n', 'c', []).faults).toEqual(['name', 'kind'])
  expect(readUnitForm({ ...unitForm(null, ''), name: ' 云锦物业 ', kind: 'enterprise' }, 'n', 'c', [])).toEqual({
    args: {
      partner_unit_id: 'n', keeper_id: 'c', name: '云锦物业', kind: 'enterprise', place_id: null, address: null,
      line: null, contact_id: null,
    },
    faults: [],
  })
})

it('says what cannot be taken: a number that is none, a contact who was not chosen, a name that is there', () => {
  const form = { ...unitForm(unit, 'call me'), contact_id: '', contact_name: '孙' }
  expect(readUnitForm(form, 'n', 'c', [unit]).faults).toEqual(['taken', 'line', 'contact'])
  expect(nameTwin([unit], 'n', ' 三江物流宁海站 ')?.id).toBe('u')
  expect(nameTwin([unit], 'u', '三江物流宁海站')).toBeNull()
})
