import type { PastePlan } from '#components/roster/clipboard.ts'
import type { Matrix, MatrixShift } from '#components/roster/matrix.ts'
import type { Say } from '#i18n/keys.ts'
import type { Candidates } from '../useCandidates.ts'
import type { ChainPerson, ChainShift } from './matchChain.ts'
import { flatRows } from '#components/roster/matrix.ts'
import { shiftCodes } from '#domain/shiftCode.ts'
import { ms } from '#domain/time.ts'

/** The shifts of a roster that a 接龙 may speak of, in order of time; a call-out asks its people itself. */
export function chainShifts(matrix: Matrix, now: number): ChainShift[] {
  const all = flatRows(matrix).flatMap(({ group, row }) => row.cells.flatMap(shift =>
    shift && shift.callout_id === null && shift.state !== 'cancelled' ? [{ shift, group }] : []))
  const codes = shiftCodes(all.map(({ shift }) => shift.id))
  return all
    .filter(({ shift }) => ms(shift.ends_at) > now)
    .sort((a, b) => ms(a.shift.starts_at) - ms(b.shift.starts_at))
    .map(({ shift, group: { place, post_name } }) => ({ shift, place, post_name, code: codes.get(shift.id)! }))
}

/** What a coordinator chose for one entry. */
export interface ChosenClaim { person: ChainPerson, shift: ChainShift }

/**
 * What taking claims would do, in their order: of two on the last place the first has it. They said yes themselves, so
 * that a night is no doubt; rest and absences are, and their coordinator puts them there one by one.
 */
export function planClaims(chosen: readonly ChosenClaim[], judge: Candidates['judge']): PastePlan {
  const plan: PastePlan = {
    assigns: [], removes: [], left_out: [], warned: [], live: [], covered: 0, needs_reason: false,
  }
  const given = new Map<string, MatrixShift[]>()
  const taken = new Map<string, number>()
  for (const { person: { id, name }, shift: { shift } } of chosen) {
    const missing = shift.missing - (taken.get(shift.id) ?? 0)
    const { blocked, soft, needs_reason } = judge(id, { ...shift, missing }, given.get(id) ?? [])
    const why = blocked ?? (needs_reason ? soft : null)
    if (why !== null) {
      plan.left_out.push({ name, shift, why })
      continue
    }
    plan.assigns.push({ shift_id: shift.id, responder_id: id, name })
    if (shift.state !== 'draft') plan.live.push({ responder_id: id, name, shift })
    given.set(id, [...given.get(id) ?? [], shift])
    taken.set(shift.id, (taken.get(shift.id) ?? 0) + 1)
  }
  return plan
}

/** Lines of one message; a longer one is not read. */
const MOST = 40

/**
 * The text that asks a group to sign up: published gaps with a code each, and a link; never a name or a number. `of`:
 * the community's name and the page to open; `when` says when a shift is.
 */
export function chainText(
  shifts: readonly ChainShift[], of: { name: string, url: string }, when: (shift: MatrixShift) => string, t: Say,
): string {
  const gaps = shifts.filter(({ shift }) => shift.state === 'open' && shift.missing > 0)
  const example = gaps[0]?.code ?? ''
  return [
    t('roster.chain.head', { name: of.name, n: gaps.reduce((n, g) => n + g.shift.missing, 0), code: example }),
    ...gaps.slice(0, MOST).map(({ shift, place, post_name, code }) =>
      t('roster.chain.line', { code, when: when(shift), place, post: post_name, n: shift.missing })),
    t('board.share.tail', { url: of.url }),
  ].join('\n')
}
