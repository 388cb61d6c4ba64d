import type { PartyOrg } from './organisationRows.ts'
import type { PartyPostKind } from './words.ts'

/** One line of where an organisation comes from; `name` = of the person, or of the other organisation. */
export type HistoryLine =
  | { key: string, day: string, what: 'formed' | 'closed' }
  | { key: string, day: string, what: 'merged' | 'took_in', name: string }
  | { key: string, day: string, what: 'took' | 'left', post: PartyPostKind, name: string }

function ofPosts(org: PartyOrg): HistoryLine[] {
  return org.posts.flatMap(({ id, post, name, starts_on, ends_on }) => {
    const took: HistoryLine = { key: `${id}+`, day: starts_on, what: 'took', post, name }
    return ends_on === null ? [took] : [took, { key: `${id}-`, day: ends_on, what: 'left', post, name }]
  })
}

/** How it ended, and which others came into it. */
function ofEnds(org: PartyOrg, all: readonly PartyOrg[]): HistoryLine[] {
  const nameOf = (id: string): string => all.find(o => o.id === id)?.name ?? ''
  const taken = all.filter(o => o.merged_into === org.id && o.ended_on !== null)
    .map((o): HistoryLine => ({ key: o.id, day: o.ended_on!, what: 'took_in', name: o.name }))
  if (org.ended_on === null) return taken
  const { ended_on: day, merged_into: into } = org
  const end: HistoryLine = into === null
    ? { key: 'end', day, what: 'closed' }
    : { key: 'end', day, what: 'merged', name: nameOf(into) }
  return [...taken, end]
}

/** On one day the older thing first: it begins, somebody leaves, somebody follows, it ends. */
const ORDER: readonly HistoryLine['what'][] = ['formed', 'took_in', 'left', 'took', 'merged', 'closed']

/** The history of an organisation (来历), the latest first: when it was formed and ended, its leaders, its mergers. */
export function historyOf(org: PartyOrg, all: readonly PartyOrg[]): HistoryLine[] {
  const formed: HistoryLine[] = org.formed_on === null ? [] : [{ key: 'formed', day: org.formed_on, what: 'formed' }]
  return [...formed, ...ofPosts(org), ...ofEnds(org, all)].sort((a, b) =>
    a.day === b.day ? ORDER.indexOf(b.what) - ORDER.indexOf(a.what) : a.day < b.day ? 1 : -1)
}
