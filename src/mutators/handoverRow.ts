import type { Handover, HandoverNote } from '#domain/rows.ts'
import type { Tx } from './tx.ts'

/** The four texts of a note, without what else the object carries. */
export function wordsOf({ done, todo, supplies, risks }: HandoverNote): HandoverNote {
  return { done, todo, supplies, risks }
}

/** The record of an assignment that is left, as this phone knows it; a new one where neither side has spoken yet. */
export async function handoverRow(tx: Tx, id: string, community_id: string): Promise<Handover> {
  const known = await tx.get('handover', id)
  if (known) {
    const { _v, _pending, ...row } = known
    return row
  }
  return {
    id,
    community_id,
    to_assignment_id: null,
    done: '',
    todo: '',
    supplies: '',
    risks: '',
    given_at: null,
    taken_at: null,
    forced_at: null,
    forced_reason: null,
    forced_by_name: null,
  }
}

/** The community of one of two assignments, as far as this phone knows either; '' when it knows none. */
export async function communityOf(tx: Tx, ...assignments: string[]): Promise<string> {
  for (const id of assignments) {
    const row = await tx.get('my_assignment', id) ?? await tx.get('assignment', id)
    if (row) return row.community_id
  }
  return ''
}
