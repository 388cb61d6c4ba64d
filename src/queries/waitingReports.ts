import type { AppDb } from '#db/db.ts'
import { coordinates } from '#domain/roles.ts'
import { meRow } from './me.ts'

/** How many reports (报到) of a community wait for the person to confirm them: none but for its coordinators. */
export async function waitingReports(db: AppDb, community: string): Promise<number> {
  if (!coordinates((await meRow(db))?.memberships ?? [], community)) return 0
  return db.rows('report_lead').filter(r => r.community_id === community && r.state === 'requested').count()
}
