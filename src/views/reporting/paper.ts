import type { MyReport, ReportLead } from '#domain/organisationRows.ts'
import type { HourCode } from '#domain/weekParts.ts'
import type { ReportState, Trade } from '#domain/words.ts'

/**
 * What the paper of a report says; the person and the community print the same. Times ISO. `people` of a unit, else
 * null; `from` = the community that the person leaves with it.
 */
export interface ReceiptPaper {
  number: string, state: ReportState, community: string, name: string | null, unit: string | null, people: number | null
  trade: Trade | null, at: string, settled_at: string | null, grid: string | null, place: string | null
  skills: string[], fits: HourCode[] | null, line: string | null, from: string | null
}

/** The paper of one's own receipt. */
export function ownPaper(r: MyReport): ReceiptPaper {
  const { number, state, name, unit, people, trade, at, settled_at, skills, fits } = r
  return {
    number, state, name, unit, people, trade, at, settled_at, skills, fits,
    community: r.community_name,
    grid: r.grid_name,
    place: r.building_name ?? r.address,
    line: r.duty_line,
    from: r.moves_from_name,
  }
}

/** The paper that a community prints; `name` as the screen says it, `grid` and `line` are the community's own. */
export function leadPaper(r: ReportLead, name: string, grid: string | null, line: string | null): ReceiptPaper {
  const { number, state, unit, trade, at, settled_at, skills, fits } = r
  return {
    number, state, unit, trade, at, settled_at, skills, fits, grid, line,
    // of a unit the community knows no contact by name
    name: r.unit_kind === null ? name : r.name,
    people: r.unit_kind === null ? null : r.people,
    community: r.community_name,
    place: r.building_name ?? r.address,
    from: r.moves_from_name,
  }
}
