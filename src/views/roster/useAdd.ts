import type { PlannedAssign } from '#components/roster/clipboard.ts'
import type { CopiedShift } from '#components/roster/plans.ts'
import type { PlannedShift } from '#components/roster/settle.ts'
import type { RosterData } from '#queries/rosterRows.ts'
import type { DraftMove, Move, RosterHead } from './steps/moves.ts'
import type { Steps } from './steps/useSteps.ts'
import type { Roster, RosterOf } from './useRoster.ts'
import { DAY, dayKey } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useIntent } from '#views/shell/useIntent.ts'
import { draftFor } from './useDrafted.ts'

type Progress = (done: number, total: number) => void
/** Writes drafts, and puts people on shifts that are there; answers whether all of it was kept. */
export type Add = (
  shifts: readonly CopiedShift[], drop: readonly string[], progress?: Progress, assigns?: readonly PlannedAssign[],
) => Promise<boolean>

const rowOf = ({ post_id, starts_at, ends_at, capacity }: PlannedShift): PlannedShift =>
  ({ post_id, starts_at, ends_at, capacity })

const headOf = ({ id, community_id, name, starts_on, ends_on }: RosterData['rosters'][number]): RosterHead =>
  ({ roster_id: id, community_id, name, starts_on, ends_on })

/**
 * Writes shifts into the draft roster of these days, making one if there is none, with their people, in the place of
 * the drafts in `drop`. All of it is one step of editing. Answers whether all of it was kept.
 */
export function useAdd(of: Readonly<RosterOf>, week: Roster, steps: Steps): Add {
  const { id } = useIntent()
  const { t } = useI18n()
  function target(): RosterHead {
    const [first, last] = [dayKey(of.starts), dayKey(of.starts + (of.days - 1) * DAY)]
    const open = draftFor(week.data?.rosters ?? [], first, last)
    if (open) return headOf(open)
    const [starts_on, ends_on] = [first, last]
    const name = t('roster.fill.name', { from: starts_on, to: ends_on })
    return { roster_id: id(), community_id: of.community ?? '', name, starts_on, ends_on }
  }
  /** The people planned on drafts that go, so that undoing brings them back. */
  function planned(drop: readonly string[]): Move[] {
    const gone = new Set(drop)
    return (week.data?.drafts ?? []).filter(d => gone.has(d.shift_id)).map(({ shift_id, responder_id, name }) => {
      return { kind: 'unassign', line: { shift_id, responder_id, name } }
    })
  }
  /** Drafts that go, by their roster: each comes back into its own. */
  function dropped(drop: readonly string[]): DraftMove[] {
    const gone = new Set(drop)
    const shifts = (week.data?.shifts ?? []).filter(s => gone.has(s.id))
    return (week.data?.rosters ?? []).flatMap((roster) => {
      const own = shifts.filter(s => s.roster_id === roster.id).map(s => ({ ...rowOf(s), id: s.id }))
      return own.length > 0 ? [{ kind: 'draft', head: headOf(roster), add: [], drop: own }] : []
    })
  }
  /** What goes and what comes; what goes from the roster that it comes into goes at the same moment. */
  function drafts(add: DraftMove['add'], drop: readonly string[]): DraftMove[] {
    const gone = dropped(drop)
    if (add.length === 0) return gone
    const head = target()
    const others = gone.filter(m => m.head.roster_id !== head.roster_id)
    const own = gone.find(m => m.head.roster_id === head.roster_id)?.drop ?? []
    return [...others, { kind: 'draft', head, add, drop: own }]
  }
  return (shifts, drop, progress, assigns = []) => {
    const rows = shifts.map(shift => ({ ...rowOf(shift), id: id() }))
    const lines: Move[] = shifts.flatMap(({ people }, i) => people.map((responder_id) => {
      return { kind: 'assign', line: { shift_id: rows[i]!.id, responder_id, name: '' } }
    }))
    const more = assigns.map((line): Move => ({ kind: 'assign', line }))
    return steps.run([...planned(drop), ...drafts(rows, drop), ...lines, ...more], progress)
  }
}
