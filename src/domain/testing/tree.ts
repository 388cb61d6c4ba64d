import type { OrgUnit } from '../rows.ts'
import type { OrgLevel } from '../words.ts'

const unit = (id: string, level: OrgLevel, parent_id: string | null, name: string): OrgUnit => ({
  id,
  community_id: 'c',
  level,
  name,
  parent_id,
  sort: 0,
  duty_line: null,
})

/** One community, two estates (the second inside a grid), three buildings each. */
export const UNITS: OrgUnit[] = [
  unit('c', 'community', 'street', '梧桐里社区'),
  unit('g', 'grid', 'c', '第一网格'),
  unit('e1', 'estate', 'c', '梧桐苑'),
  unit('e2', 'estate', 'g', '宁和家园'),
  ...[1, 2, 3].map(n => unit(`e1b${n}`, 'building', 'e1', `${n}栋`)),
  ...[1, 2, 3].map(n => unit(`e2b${n}`, 'building', 'e2', `${n}栋`)),
]
