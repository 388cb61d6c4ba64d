import type { Client } from './session.ts'
import * as v from 'valibot'
import { UNIT_BELOW } from '#actions/appointments.ts'
import { actionAnswer } from '#gateway/wire.ts'
import { call, ImportFailure } from './session.ts'

type Unit = v.InferOutput<typeof UNIT_BELOW>
const UNITS = actionAnswer({ units: v.array(UNIT_BELOW) })

async function below(client: Client, parent: string | null): Promise<Unit[]> {
  const answer = await call(client, 'units_below', { p_parent: parent }, UNITS)
  return answer.status === 'applied' ? answer.units : []
}

/** May the wanted community lie in this unit? Its code begins with the unit's code; its name tells nothing. */
function leadsTo(unit: Unit, wanted: string): boolean {
  return !/^\d+$/.test(wanted) || unit.code === null || wanted.startsWith(unit.code)
}

async function search(client: Client, wanted: string, parent: string | null): Promise<Unit[]> {
  const units = await below(client, parent)
  const isWanted = (u: Unit): boolean => u.code === wanted || u.name === wanted || u.name === `${wanted}社区`
  const found = units.filter(u => u.level === 'community' && isWanted(u))
  const deeper = units.filter(u => u.level !== 'community' && leadsTo(u, wanted))
  for (const unit of deeper) found.push(...await search(client, wanted, unit.id))
  return found
}

/** Finds a community by its official code or name. Throws ImportFailure if there is none or more than one. */
export async function findCommunity(client: Client, wanted: string): Promise<Unit> {
  const found = await search(client, wanted, null)
  const [only, second] = found
  if (only === undefined) {
    throw new ImportFailure(
      `No community "${wanted}" is in reach of this login. Import the division list first, or check the name.`,
    )
  }
  if (second !== undefined) {
    const names = found.map(u => `${u.name} (${u.code})`).join(', ')
    throw new ImportFailure(`"${wanted}" is the name of several communities: ${names}. Give the code of one.`)
  }
  return only
}
