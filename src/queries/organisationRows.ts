import type { AppDb, StoredRow } from '#db/db.ts'
import { byName, orgTree, placeLabel } from '#domain/orgTree.ts'

/** What the pages of party organisations show of one node that keeps them. */
export interface OrganisationRows {
  orgs: StoredRow<'party_org'>[]
  /** the places of a community; of a node above the communities this phone has none */
  units: StoredRow<'org_unit'>[]
  partners: StoredRow<'partner_unit'>[]
  /** of the communities below: organisations that nobody leads */
  gaps: StoredRow<'party_gap'>[]
  /** call-outs that run, for which a 临时党组织 may be formed */
  callouts: StoredRow<'callout'>[]
}

/** Reads the party organisations of a node, and what they may hang on. */
export async function organisationRows(db: AppDb, keeper: string): Promise<OrganisationRows> {
  const [orgs, units, partners, gaps, callouts] = await Promise.all([
    db.rows('party_org').toArray(),
    db.rows('org_unit').toArray(),
    partnerRows(db, keeper),
    db.rows('party_gap').toArray(),
    db.rows('callout').toArray(),
  ])
  return {
    orgs: orgs.filter(o => o.keeper_id === keeper),
    units: units.filter(u => u.community_id === keeper).sort((a, b) => a.sort - b.sort || byName(a.name, b.name)),
    partners,
    // another desk of the same person may hold some, too
    gaps: gaps.filter(g => `desk:${keeper}` in g._v),
    callouts: callouts.filter(c => c.community_id === keeper && (c.state === 'open' || c.state === 'filled')),
  }
}

/** The same around one organisation, wherever it is kept; null when this phone does not know it. */
export async function organisationAround(db: AppDb, id: string): Promise<OrganisationRows | null> {
  const org = await db.rows('party_org').get(id)
  return org ? organisationRows(db, org.keeper_id) : null
}

/** The partner units of a node, those that ended too, in the order of their names. */
export async function partnerRows(db: AppDb, keeper: string): Promise<StoredRow<'partner_unit'>[]> {
  const rows = (await db.rows('partner_unit').toArray()).filter(u => u.keeper_id === keeper)
  return rows.sort((a, b) => byName(a.name, b.name) || (a.id < b.id ? -1 : 1))
}

/** One partner unit with what belongs to it; `place` = where it sits, in words. */
export interface PartnerPage {
  unit: StoredRow<'partner_unit'>
  place: string
  orgs: StoredRow<'party_org'>[]
  seats: StoredRow<'seat'>[]
  /** the active units of the same node, which it might be one with */
  others: StoredRow<'partner_unit'>[]
}

/** Reads one partner unit, wherever it is kept; null when this phone does not know it. */
export async function partnerPage(db: AppDb, id: string): Promise<PartnerPage | null> {
  const unit = await db.rows('partner_unit').get(id)
  if (!unit) return null
  const [units, orgs, seats, all] = await Promise.all([
    db.rows('org_unit').toArray(),
    db.rows('party_org').toArray(),
    db.rows('seat').toArray(),
    partnerRows(db, unit.keeper_id),
  ])
  return {
    unit,
    place: unit.place_id === null ? '' : placeLabel(orgTree(units), unit.place_id),
    orgs: orgs.filter(o => o.partner_unit_id === id && (o.state === 'formed' || o.state === 'proposed')),
    seats: seats.filter(s => s.partner_unit_id === id && s.state !== 'ended'),
    others: all.filter(u => u.id !== id && u.state === 'active'),
  }
}

/** The seats of a council, and the units that may send somebody to it. */
export interface CouncilRows { seats: StoredRow<'seat'>[], partners: StoredRow<'partner_unit'>[] }

/** Reads the council of a node. */
export async function councilRows(db: AppDb, keeper: string): Promise<CouncilRows> {
  const [seats, partners] = await Promise.all([db.rows('seat').toArray(), partnerRows(db, keeper)])
  return { seats: seats.filter(s => s.council_id === keeper), partners }
}

/** One seat, wherever it is kept; undefined when this phone does not know it. */
export function seatRow(db: AppDb, id: string): Promise<StoredRow<'seat'> | undefined> {
  return db.rows('seat').get(id)
}

/** The names of units and organisations that exist on the desk of a node, for a choice while somebody types. */
export async function deskNames(db: AppDb, keeper: string): Promise<{ units: string[], parties: string[] }> {
  const { orgs, partners } = await organisationRows(db, keeper)
  return {
    units: partners.filter(u => u.state === 'active').map(u => u.name),
    parties: orgs.filter(o => o.state === 'formed').map(o => o.name).sort(byName),
  }
}
