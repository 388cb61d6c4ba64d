import type { Role } from '../../domain/words.ts'
import { expect, it } from 'vitest'
import { landingOf } from './landing.ts'

it.each<[Role[], boolean, string]>([
  [[], true, 'duty'],
  [['responder'], false, 'duty'],
  [['liaison'], true, 'own-unit'],
  [['liaison', 'responder'], false, 'own-unit'],
  [['liaison', 'grid_lead'], true, 'today'],
  [['building_lead'], true, 'today'],
  [['grid_lead'], false, 'today'],
  [['coordinator'], true, 'today'],
  [['coordinator'], false, 'setup-steps'],
  [['street_officer'], false, 'street'],
  [['city_officer'], true, 'street'],
  [['admin'], true, 'setup-steps'],
  [['admin', 'coordinator'], true, 'today'],
])('%j, set up %j: %s', (roles, setUp, page) => {
  expect(landingOf({ roles, memberships: [] }, setUp)).toBe(page)
  expect(landingOf({ roles: [], memberships: [{ roles }] }, setUp)).toBe(page)
})
