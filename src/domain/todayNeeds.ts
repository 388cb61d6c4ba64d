import type { DutyInput } from './dutyNeeds.ts'
import type { Need } from './need.ts'
import type { OrganisationInput } from './organisationNeeds.ts'
import { dutyNeeds } from './dutyNeeds.ts'
import { inOrder, NOWHERE } from './need.ts'
import { organisationNeeds } from './organisationNeeds.ts'
import { iso } from './time.ts'

/** Everything that 今天 is told from; `asks` = requests and places that wait for the person's own answer. */
export interface TodayInput extends DutyInput, Omit<OrganisationInput, 'now' | 'node'> { asks: number }

function ownNeed({ asks, now }: Pick<TodayInput, 'asks' | 'now'>): Need[] {
  if (asks === 0) return []
  return [{ ...NOWHERE, key: 'own', kind: 'own', n: asks, by: null, since: iso(now), to: { name: 'duty', query: {} } }]
}

/**
 * What needs this person now, each with one next action, in the order of acting: what a call-out lacks, then by the
 * time by which it has to be done.
 */
export function todayNeeds(input: TodayInput): Need[] {
  const organisations = organisationNeeds({ ...input, node: input.community })
  return inOrder([...ownNeed(input), ...dutyNeeds(input), ...organisations])
}
