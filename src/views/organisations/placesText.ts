import type { OrgUnit } from '#domain/rows.ts'
import { byName, orgTree } from '#domain/orgTree.ts'

/** The places that an organisation looks after, in words; buildings stand behind their estate. */
export function placesText(units: readonly OrgUnit[], ids: readonly string[], comma: string): string {
  const tree = orgTree(units)
  const known = ids.flatMap(id => tree.get(id) ?? [])
  const whole = known.filter(u => u.level !== 'building').map(u => u.name)
  const towers = known.filter(u => u.level === 'building')
    .map(u => ({ name: u.name, estate: tree.at(u.id, 'estate')?.name ?? '' }))
  const estates = [...new Set(towers.map(b => b.estate))].sort(byName)
  const parts = estates.map((estate) => {
    const names = towers.filter(b => b.estate === estate).map(b => b.name).sort(byName)
    return `${estate} ${names.join(comma)}`.trim()
  })
  return [...whole, ...parts].join(comma)
}
