import type { Role } from './words.ts'
import { expect, it } from 'vitest'
import { coordinates, holdsAny, isOfficeLevel, MODE_ROLES, OFFICE_OF, OFFICER_ROLES } from './roles.ts'

const at = (org_unit_id: string, ...roles: Role[]): { org_unit_id: string, roles: Role[] } => ({ org_unit_id, roles })

it('a coordinator is one of the very community, not of the next one', () => {
  const mine = [at('a', 'responder'), at('b', 'coordinator')]
  expect(['b', 'a', null].map(community => coordinates(mine, community))).toEqual([true, false, false])
  expect(coordinates([], 'b')).toBe(false)
})

it('each level above the communities has its office, and offices open 应急 as coordinators do', () => {
  expect(OFFICER_ROLES).toEqual(['street_officer', 'district_officer', 'city_officer'])
  expect([isOfficeLevel('street'), isOfficeLevel('community'), isOfficeLevel('building')]).toEqual([true, false, false])
  const may = (role: Role): boolean => holdsAny(at('x', 'responder', role), MODE_ROLES)
  expect((['coordinator', ...Object.values(OFFICE_OF)] as const).map(may)).toEqual([true, true, true, true])
  expect((['admin', 'grid_lead', 'building_lead', 'liaison'] as const).map(may)).toEqual([false, false, false, false])
})
