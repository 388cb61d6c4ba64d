import type { PlannedAssign } from '#components/roster/clipboard.ts'
import type { Standing } from '#queries/standing.ts'
import type { StepPlace } from '#queries/stepRows.ts'
import type { Intents } from '#views/shell/useIntent.ts'
import type { KeptMove, Move } from './moves.ts'
import type { Left } from './stillFits.ts'
import { computed, reactive } from 'vue'
import { serverNow } from '#clock/clock.ts'
import { isGone } from '#domain/assignment.ts'
import { useI18n } from '#i18n/useI18n.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { standing } from '#queries/standing.ts'
import { addStep, dropOldSteps, nextStep, settleStep, stepsLeft, turnStep } from '#queries/stepRows.ts'
import { useNotice } from '#stores/notice.ts'
import { storageProblem, useIntent } from '#views/shell/useIntent.ts'
import { finalOf, inParts, keptMoves, opposite, seenOn, shiftsOf } from './moves.ts'
import { lineOf, stillFits } from './stillFits.ts'

type Progress = (done: number, total: number) => void

/** Steps of editing a roster. Each answers whether every move was kept on this phone; what was kept can be undone. */
export interface Steps {
  assign: (lines: PlannedAssign[]) => Promise<boolean>
  unassign: (lines: PlannedAssign[]) => Promise<boolean>
  /** several moves that are undone as one */
  run: (moves: Move[], progress?: Progress) => Promise<boolean>
  /**
   * what was published or changed since stays as it is, and the person reads how much that was; a step that changed a
   * published shift is not undone, nor are those before it, and they read why
   */
  undo: () => Promise<boolean>
  redo: () => Promise<boolean>
  readonly canUndo: boolean
  readonly canRedo: boolean
}

/**
 * Editing of a roster: every move is recorded on this phone at once. Steps lie in the person's own database, so that a
 * reload keeps them, and nobody else who signs in here finds them.
 * @param at the week or month of a community; each has steps of its own, because undoing must change what is shown
 */
export function useSteps(at: () => StepPlace): Steps {
  const db = useDb()
  const intents = useIntent()
  const { inTurn, tell, stop } = useTurns()
  const ways = useLiveQuery(() => stepsLeft(db, at().place), () => at().place)
  void dropOldSteps(db, serverNow()).catch(() => undefined) // they go another time

  async function run(place: StepPlace, moves: Move[], progress?: Progress): Promise<boolean> {
    const now = await standing(db, shiftsOf(moves), null)
    const wanted = inParts(keptMoves(moves.filter(move => isNeeded(move, now)), now))
    if (wanted.length === 0) return true
    const step = await addStep(db, place, wanted)
    const made = await play(wanted, writer(intents, now, wanted), progress)
    await settleStep(db, step, made)
    return made === wanted.length
  }
  /** Plays the next step, or its opposite. What was not kept stays to be tried again. */
  async function turn(way: 'undo' | 'redo', place: string): Promise<boolean> {
    const step = await nextStep(db, place, way)
    if (!step) return false
    const moves = step.moves as KeptMove[]
    const [first, rest] = [moves.slice(0, step.at), moves.slice(step.at)]
    const final = way === 'undo' ? finalOf(first) : undefined
    if (final) return stop(final)
    const wanted = way === 'undo' ? first.map(opposite).reverse() : rest
    const now = await standing(db, shiftsOf(wanted), nearOf(wanted))
    const { moves: fitting, left } = stillFits(wanted, now)
    const fits = inParts(fitting)
    const count = await play(fits, writer(intents, now, fits))
    const [made, open] = [fits.slice(0, count), fits.slice(count)]
    if (way === 'undo') {
      const back = (list: KeptMove[]): KeptMove[] => list.map(opposite).reverse()
      await turnStep(db, step.i, [...back(open), ...back(made), ...rest], open.length)
    }
    else {
      await turnStep(db, step.i, [...first, ...made, ...open], first.length + made.length)
    }
    tell(left)
    return open.length === 0
  }
  // a press is meant for the week that it was made in, though another may be shown when its turn comes
  const start: Steps['run'] = (moves, progress) => {
    const place = at()
    return inTurn(() => run(place, moves, progress))
  }
  const press = (way: 'undo' | 'redo'): Promise<boolean> => {
    const { place } = at()
    return inTurn(() => turn(way, place))
  }
  return reactive({
    assign: (lines: PlannedAssign[]) => start(lines.map(line => ({ kind: 'assign', line }))),
    unassign: (lines: PlannedAssign[]) => start(lines.map(line => ({ kind: 'unassign', line }))),
    run: start,
    // a press while a step is still being written waits for its turn: three quick ones go back three steps
    undo: () => press('undo'),
    redo: () => press('redo'),
    canUndo: computed(() => ways.value?.undo ?? false),
    canRedo: computed(() => ways.value?.redo ?? false),
  })
}

/** Runs steps one after the other, so that each sees what the one before did; and says what stays as it was. */
function useTurns() {
  const notice = useNotice()
  const { t } = useI18n()
  let before: Promise<unknown> = Promise.resolve()
  /** Without room for a step nothing is changed, and the person reads why. */
  function inTurn(work: () => Promise<boolean>): Promise<boolean> {
    const answer = before.then(work).catch((error: unknown) => {
      notice.say(t(storageProblem(error)))
      return false
    })
    before = answer
    return answer
  }
  function tell({ published, changed }: Left): void {
    const words = [
      published > 0 ? t('roster.done.published', { n: published }) : '',
      changed > 0 ? t('roster.done.changed', { n: changed }) : '',
    ].filter(Boolean)
    if (words.length > 0) notice.say(words.join(t('roster.comma')))
  }
  /** The steps before a change that people were told of stay, too: nobody would know which of them was undone. */
  function stop(final: 'move' | 'cancel'): boolean {
    notice.say(t(`roster.done.final.${final}`))
    return false
  }
  return { inTurn, tell, stop }
}

/** The community and the times where moves put shifts; null where they put none. */
function nearOf(moves: readonly KeptMove[]): Parameters<typeof standing>[2] {
  const places = moves.flatMap((m) => {
    if (m.kind === 'move') return [{ community_id: m.community_id, starts_at: m.to.starts_at }]
    const { community_id = '' } = m.kind === 'draft' ? m.head : {}
    return m.kind === 'draft' ? m.add.map(({ starts_at }) => ({ community_id, starts_at })) : []
  })
  return places[0] ? { community_id: places[0].community_id, starts: places.map(p => p.starts_at) } : null
}

/** Whether there is anything to do: somebody may be there already, or be gone. */
function isNeeded(move: Move, { lines }: Standing): boolean {
  if (move.kind !== 'assign' && move.kind !== 'unassign') return true
  if (move.kind === 'unassign') return lineOf(move.line, lines) !== undefined
  const { shift_id, responder_id } = move.line
  return !lines.some(l => l.shift_id === shift_id && l.responder_id === responder_id && !(l.state && isGone(l.state)))
}

/** Writes move by move and stops at the first that is not kept. Answers how many were. */
async function play(moves: readonly KeptMove[], write: Write, progress?: Progress): Promise<number> {
  const dropped = new Set(moves.flatMap(m => m.kind === 'draft' ? m.drop.map(s => s.id) : []))
  for (const [n, move] of moves.entries()) {
    progress?.(n, moves.length)
    // people planned on a draft go with it
    if (move.kind === 'unassign' && dropped.has(move.line.shift_id)) continue
    if (!await write(move)) return n
  }
  return moves.length
}

type Write = (move: KeptMove) => Promise<boolean>

/** Records one move of `all`; answers whether it was kept. `lines` = who is there, by which line. */
function writer({ send, id }: Intents, { lines }: Standing, all: readonly KeptMove[]): Write {
  return async (move) => {
    if (move.kind === 'draft') {
      const { head, add: shifts, drop } = move
      return send('draft_shifts', { ...head, shifts, drop: drop.map(s => s.id), seen: seenOn(move, all) }, null)
    }
    if (move.kind === 'cancel') return send('cancel_shift', { shift_id: move.shift_id, reason: move.reason }, null)
    if (move.kind === 'move') {
      const { shift_id, from: { starts_at: was_starts_at, ends_at: was_ends_at }, to, reason } = move
      return send('move_shift', { shift_id, ...to, was_starts_at, was_ends_at, reason }, null)
    }
    const { shift_id, responder_id, override_reason = null, reason = null } = move.line
    if (move.kind === 'assign') {
      return send('assign', { assignment_id: id(), shift_id, responder_id, override_reason }, null)
    }
    const assignment_id = lineOf(move.line, lines)
    return assignment_id === undefined || send('unassign', { assignment_id, reason }, null)
  }
}
