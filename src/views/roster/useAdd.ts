import type { PlannedAssign } from '#components/roster/clipboard.ts'
import type { CopiedShift } from '#components/roster/plans.ts'
import type { PlannedShift } from '#components/roster/settle.ts'
import type { Move, RosterHead } from './steps/moves.ts'
import type { Steps } from './steps/useSteps.ts'
import type { Roster, RosterOf } from './useRoster.ts'
import { DAY, dayKey } from '#domain/time.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { splitDraft } from '#mutators/draftShifts.ts'
import { useIntent } from '#views/shell/useIntent.ts'
import { draftFor } from './useDrafted.ts'

type Progress = (done: number, total: number) => void
/** Writes drafts, and puts people on shifts that are there; answers whether all of it was kept. */
export type Add = (
  shifts: readonly CopiedShift[], drop: readonly string[], progress?: Progress, assigns?: readonly PlannedAssign[],
) => Promise<boolean>

const rowOf = ({ post_id, starts_at, ends_at, capacity }: PlannedShift): PlannedShift =>
  ({ post_id, starts_at, ends_at, capacity })

const draftOf = (shift: (PlannedShift & { id: string }) | undefined): (PlannedShift & { id: string })[] =>
  shift ? [{ ...rowOf(shift), id: shift.id }] : []

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
    const { starts_on, ends_on } = open ?? { starts_on: first, ends_on: last }
    const name = open?.name ?? t('roster.fill.name', { from: starts_on, to: ends_on })
    return { roster_id: open?.id ?? id(), community_id: of.community ?? '', name, starts_on, ends_on }
  }
  /** The people planned on drafts that go, so that undoing brings them back. */
  function planned(drop: readonly string[]): Move[] {
    const gone = new Set(drop)
    return (week.data?.drafts ?? []).filter(d => gone.has(d.shift_id)).map(({ shift_id, responder_id, name }) => {
      return { kind: 'unassign', line: { shift_id, responder_id, name } }
    })
  }
  return (shifts, drop, progress, assigns = []) => {
    const head = target()
    const known = new Map((week.data?.shifts ?? []).map(s => [s.id, s]))
    const rows = shifts.map(shift => ({ ...rowOf(shift), id: id() }))
    const moves: Move[] = splitDraft({ ...head, shifts: rows, drop: [...drop] }).map(part => ({
      kind: 'draft', head, add: part.shifts, drop: (part.drop ?? []).flatMap(one => draftOf(known.get(one))),
    }))
    const lines: Move[] = shifts.flatMap(({ people }, i) => people.map((responder_id) => {
      return { kind: 'assign', line: { shift_id: rows[i]!.id, responder_id, name: '' } }
    }))
    const more = assigns.map((line): Move => ({ kind: 'assign', line }))
    const drafts = shifts.length + drop.length > 0 ? moves : []
    return steps.run([...planned(drop), ...drafts, ...lines, ...more], progress)
  }
}
