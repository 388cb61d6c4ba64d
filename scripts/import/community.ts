import type { Client } from './session.ts'
import * as v from 'valibot'
import { UNIT_BELOW } from '#actions/appointments.ts'
import { actionAnswer } from '#gateway/wire.ts'
import { ImportFailure } from './failure.ts'
import { call } from './session.ts'

type Unit = v.InferOutput<typeof UNIT_BELOW>
const UNITS = actionAnswer({ units: v.array(UNIT_BELOW) })

async function below(client: Client, parent: string | null): Promise<Unit[]> {
  const answer = await call(client, 'units_below', { p_parent: parent }, UNITS)
  return answer.status === 'applied' ? answer.units : []
}

/** Whether a unit can hold what is sought: by code it must be its beginning, by name anything may. */
function leadsTo(unit: Unit, wanted: string): boolean {
  return !/^\d+$/.test(wanted) || unit.code === null || wanted.startsWith(unit.code)
}

async function search(client: Client, wanted: string, parent: string | null): Promise<Unit[]> {
  const units = await below(client, parent)
  const here = units.filter(u =>
    u.level === 'community' && (u.code === wanted || u.name === wanted || u.name === `${wanted}社区`),
  )
  const deeper = units.filter(u => u.level !== 'community' && leadsTo(u, wanted))
  const found = here
  for (const unit of deeper) found.push(...await search(client, wanted, unit.id))
  return found
}

/** The community by official code or name. Throws ImportFailure when there is none or more than one. */
export async function findCommunity(client: Client, wanted: string): Promise<Unit> {
  const found = await search(client, wanted, null)
  const [only, second] = found
  if (only === undefined) {
    throw new ImportFailure(
      `No community "${wanted}" that this login reaches. Import the division list first, or check the name.`,
    )
  }
  if (second !== undefined) {
    throw new ImportFailure(
      `"${wanted}" is not one community: ${found.map(u => `${u.name} (${u.code})`).join(', ')}. Give its code.`,
    )
  }
  return only
}
