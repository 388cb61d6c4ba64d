import { expect, it } from 'vitest'
import { publicRole, surnameMark } from './person.ts'

it.each([
  ['sent_cadre', true, 'sent_cadre'],
  ['party_member_in_service', true, 'party_volunteer'],
  ['party_member_resident', true, 'party_volunteer'],
  ['volunteer', true, 'volunteer'],
  ['new_employment', true, 'volunteer'],
  ['community_worker', true, 'community_worker'],
  ['volunteer', false, 'on_duty'],
  [null, true, 'on_duty'],
] as const)('%s with consent %s shows %s', (kind, consent, role) => expect(publicRole(kind, consent)).toBe(role))

it('takes a whole character as the mark', () => {
  expect(surnameMark(' 王老师')).toBe('王')
  expect(surnameMark('𠮷野')).toBe('𠮷')
  expect(surnameMark('')).toBe('')
})
