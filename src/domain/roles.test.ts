import type { Role } from './rows.ts'
import { expect, it } from 'vitest'
import { coordinates, holdsAny, isOfficeLevel, MODE_ROLES, OFFICE_OF, OFFICER_ROLES } from './roles.ts'

const at = (org_unit_id: string, ...roles: Role[]): { org_unit_id: string, roles: Role[] } => ({ org_unit_id, roles })

it('a coordinator is one of the very community, not of the next one', () => {
  const mine = [at('a', 'responder'), at('b', 'coordinator')]
  expect([coordinates(mine, 'b'), coordinates(mine, 'a'), coordinates(mine, null), coordinates([], 'b')]).toEqual([true, false, false, false])
})

it('each level above the communities has its office, and offices open 应急 as coordinators do', () => {
  expect(OFFICER_ROLES).toEqual(['street_officer', 'district_officer', 'city_officer'])
  expect([isOfficeLevel('street'), isOfficeLevel('community'), isOfficeLevel('building')]).toEqual([true, false, false])
  for (const role of ['coordinator', ...Object.values(OFFICE_OF)] as const) expect(holdsAny(at('x', 'responder', role), MODE_ROLES)).toBe(true)
  for (const role of ['admin', 'grid_lead', 'building_lead', 'liaison'] as const) expect(holdsAny(at('x', role), MODE_ROLES)).toBe(false)
})
