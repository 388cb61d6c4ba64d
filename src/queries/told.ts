import type { AppDb, StoredRow } from '#db/db.ts'
import { isBinding } from '#domain/assignment.ts'
import { byName } from '#domain/orgTree.ts'

/**
 * Who hears of what a coordinator does: nobody tells oneself (`me`), and people without a login (`silent`) have to be
 * called.
 */
export interface Hearing { me: string | null, silent: ReadonlySet<string> }
/** told: by a notice; self: did it; call: has no login. */
export type Heard = 'told' | 'self' | 'call'
/** A person that a change of a shift touches: they have a place on it, or wait for one. */
export interface Touched { responder_id: string, name: string, waits: boolean, heard: Heard }

/** Reads who hears nothing in the app. */
export async function hearingRows(db: AppDb): Promise<Hearing> {
  const [me, people] = await Promise.all([db.rows('me').toArray(), db.rows('responder_lead').toArray()])
  return {
    me: me[0]?.responder_id ?? null,
    silent: new Set(people.filter(p => p.login !== 'active').map(p => p.id)),
  }
}

/** How one person hears of a change. */
export function heardBy({ me, silent }: Hearing, responder_id: string): Heard {
  if (responder_id === me) return 'self'
  return silent.has(responder_id) ? 'call' : 'told'
}

/** Who waits for a shift or has a place held for them, in the order of their ranks, as leads see them. */
export async function waitingFor(db: AppDb, shift_id: string): Promise<StoredRow<'waitlist_lead'>[]> {
  const all = await db.rows('waitlist_lead').where('shift_id').equals(shift_id).toArray()
  return all.filter(w => w.state === 'waiting' || w.state === 'held').sort((a, b) => a.rank - b.rank)
}

/** Everybody that a change of this shift touches, by name; the server tells the same people. */
export async function touchedBy(db: AppDb, shift_id: string): Promise<Touched[]> {
  const [hearing, placed, waiting] = await Promise.all([
    hearingRows(db),
    db.rows('assignment').where('shift_id').equals(shift_id).toArray(),
    waitingFor(db, shift_id),
  ])
  const touched = [
    ...placed.filter(a => a.state === 'assigned' || a.state === 'accepted').map(a => ({ ...a, waits: false })),
    ...waiting.map(w => ({ ...w, waits: true })),
  ]
  return touched
    .map(({ responder_id, name, waits }) => ({ responder_id, name, waits, heard: heardBy(hearing, responder_id) }))
    .sort((a, b) => Number(a.waits) - Number(b.waits) || byName(a.name, b.name))
}

/**
 * Everybody that the end of a call-out touches, each once, by name: who has a place on a shift of it, waits for one, or
 * was asked, in time or not. SQL: `mutator.stand_down` tells the same people.
 */
export async function touchedByEnd(db: AppDb, callout_id: string): Promise<Pick<Touched, 'name' | 'heard'>[]> {
  const shifts = await db.rows('shift').filter(s => s.callout_id === callout_id && s.state === 'open').toArray()
  const open = shifts.map(s => s.id)
  const [hearing, placed, waiting, asked] = await Promise.all([
    hearingRows(db),
    db.rows('assignment').where('shift_id').anyOf(open).toArray(),
    db.rows('waitlist_lead').where('shift_id').anyOf(open).toArray(),
    db.rows('offer_lead').where('callout_id').equals(callout_id).toArray(),
  ])
  const touched = [
    ...placed.filter(a => isBinding(a.state)),
    ...waiting.filter(w => w.state === 'waiting' || w.state === 'held'),
    ...asked.filter(o => o.state === 'sent' || o.state === 'expired'),
  ]
  return [...new Map(touched.map(row => [row.responder_id, row.name]))]
    .map(([responder_id, name]) => ({ name, heard: heardBy(hearing, responder_id) }))
    .sort((a, b) => byName(a.name, b.name))
}

/** Whether the newest answer on publishing one of these rosters was that somebody would rest too little (R17). */
export async function refusedForRest(db: AppDb, rosters: readonly string[]): Promise<boolean> {
  const verdicts = await db.rows('verdict').toArray()
  return verdicts.some(v => v.code === 'roster_tired' && rosters.includes(String(v.args?.roster_id)))
}
