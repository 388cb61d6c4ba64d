import type { CopiedShift } from '#components/roster/copyWeek.ts'
import type { PlannedShift } from '#components/roster/fillPlan.ts'
import type { Roster } from '#domain/rows.ts'
import type { Intents } from '#views/shell/useIntent.ts'
import { DAY, dayKey } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { splitDraft } from '#mutators/draftShifts.ts'

export interface DraftRoster {
  /**
   * Adds shifts to the week's draft roster, making one if there is none.
   * Answers the ids of the shifts, in order; null when not all of them were kept.
   */
  add: (shifts: readonly PlannedShift[]) => Promise<string[] | null>
  /**
   * Adds copied shifts and puts their people on them as drafts; tells how many turns of all are done.
   * Answers whether all of it was kept.
   */
  addCopied: (shifts: readonly CopiedShift[], withPeople: boolean, progress: (done: number, total: number) => void) => Promise<boolean>
  /** Answers whether every publishing was kept. */
  publish: (ids: readonly string[]) => Promise<boolean>
}

/** Drafting of one week. `rosters` = what this phone knows; `starts` = ms of Monday 00:00. */
export function useDraftRoster(intents: Intents, community: () => string, starts: () => number, rosters: () => readonly Roster[]): DraftRoster {
  const { t } = useI18n()
  function target(): { roster_id: string, community_id: string, name: string, starts_on: string, ends_on: string } {
    const starts_on = dayKey(starts())
    const ends_on = dayKey(starts() + 6 * DAY)
    const open = rosters().find(r => r.state === 'draft' && r.starts_on === starts_on)
    return { roster_id: open?.id ?? intents.id(), community_id: community(), name: open?.name ?? t('roster.fill.name', { from: starts_on, to: ends_on }), starts_on, ends_on }
  }
  async function add(shifts: readonly PlannedShift[]): Promise<string[] | null> {
    const rows = shifts.map(({ post_id, starts_at, ends_at, capacity }) => ({ id: intents.id(), post_id, starts_at, ends_at, capacity }))
    for (const args of splitDraft({ ...target(), shifts: rows })) {
      if (!await intents.send('draft_shifts', args, null)) return null
    }
    return rows.map(r => r.id)
  }
  return {
    add,
    async addCopied(shifts, withPeople, progress) {
      const ids = await add(shifts)
      if (!ids || !withPeople) return ids !== null
      const turns = shifts.flatMap((shift, i) => shift.people.map(responder_id => ({ shift_id: ids[i]!, responder_id })))
      for (const [done, turn] of turns.entries()) {
        progress(done, turns.length)
        if (!await intents.send('assign', { assignment_id: intents.id(), ...turn }, null)) return false
      }
      return true
    },
    async publish(ids) {
      for (const roster of rosters().filter(r => ids.includes(r.id))) {
        if (!await intents.send('publish_roster', { roster_id: roster.id, version: roster.version }, null)) return false
      }
      return true
    },
  }
}
