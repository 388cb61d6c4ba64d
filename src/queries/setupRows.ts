import type { AppDb } from '#db/db.ts'

/**
 * What a community has of what it needs. `invited` counts those who have an account or an invitation; `line` = its duty
 * phone.
 */
export interface SetupCounts {
  buildings: number, posts: number, people: number, invited: number, rosters: number, line: string | null
}

/** Counts what this phone knows of a community's set-up. */
export async function setupCounts(db: AppDb, community_id: string): Promise<SetupCounts> {
  const own = (row: { community_id: string }): boolean => row.community_id === community_id
  const [units, posts, everybody, rosters] = await Promise.all([
    db.rows('org_unit').toArray(),
    db.rows('post').toArray(),
    db.rows('responder_lead').toArray(),
    db.rows('roster').toArray(),
  ])
  const people = everybody.filter(r => r.community_ids.includes(community_id))
  return {
    buildings: units.filter(u => own(u) && u.level === 'building').length,
    posts: posts.filter(p => own(p) && !p.ended).length,
    people: people.length,
    invited: people.filter(p => p.login !== 'none').length,
    rosters: rosters.filter(r => own(r) && r.state === 'published').length,
    line: units.find(u => u.id === community_id)?.duty_line ?? null,
  }
}
