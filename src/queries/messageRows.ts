import type { AppDb, StoredRow } from '#db/db.ts'
import type { EventMessage, Foldable, Folded } from './foldMessages.ts'
import type { MessagePlace, Places } from './messagePlaces.ts'
import type { NoticeMessage } from './noticeRows.ts'
import { DAY, iso, ms } from '#domain/time.ts'
import { fold } from './foldMessages.ts'
import { intentPlace } from './intentAbout.ts'
import { messagePlaces } from './messagePlaces.ts'
import { noticeRows, tellsOf } from './noticeRows.ts'

/** Everything but notices and folded cards, which have cards of their own. */
export type CardMessage = Exclude<Message, NoticeMessage | Folded>
/** One thing worth reading; `needs`: it waits for the person. */
export type Message =
  | { kind: 'verdict', id: string, at: string, needs: true, verdict: StoredRow<'verdict'>, place: KnownPlace }
  | { kind: 'assigned', id: string, at: string, needs: true, card: StoredRow<'my_assignment'> }
  | { kind: 'dead_letter', id: string, at: string, needs: true, letter: StoredRow<'dead_letter'>, place: KnownPlace }
  | Foldable
  | Folded
type KnownPlace = MessagePlace | null

const KEEP = 7 * DAY

/** Reads 消息 at `now` (ms), newest first: verdicts until they are dismissed, the rest of the last seven days. */
export async function messageRows(db: AppDb, now: number): Promise<Message[]> {
  const [verdicts, mine, offers, events, letters, told] = await Promise.all([
    db.rows('verdict').toArray(),
    db.rows('my_assignment').toArray(),
    db.rows('my_offer').toArray(),
    db.rows('lead_event').toArray(),
    db.rows('dead_letter').toArray(),
    db.rows('my_notice').toArray(),
  ])
  const places = messagePlaces(db)
  const fresh = events.filter(e => ms(e.at) > now - KEEP)
  const notices = await noticeRows(db, now, { mine, offers, events })
  const moved = new Set(notices.flatMap(({ notice }) => notice.kind === 'moved' ? notice.subject_id : []))
  const asked = mine.filter(a => a.state === 'assigned' && !a._pending && ms(a.ends_at) > now && !moved.has(a.id))
  const list: Message[] = [
    ...await Promise.all(verdicts.filter(v => !v._pending).map(v => ofVerdict(db, v))),
    ...await Promise.all(asked.map(a => ofAssigned(db, a, now))),
    ...fold([...await Promise.all(fresh.map(event => ofEvent(places, event, told))), ...notices]),
    ...await Promise.all(letters.map(letter => ofLetter(db, letter))),
  ]
  return list.sort((a, b) => ms(b.at) - ms(a.at))
}

/** What happened in a community within a day that its leads have to know, newest first; what says the same is one. */
export async function leadEvents(db: AppDb, community: string, now: number): Promise<(Foldable | Folded)[]> {
  const events = await db.rows('lead_event').filter(e => e.community_id === community).toArray()
  const fresh = events.filter(e => e.kind !== 'rung_skipped' && ms(e.at) > now - DAY)
  const places = messagePlaces(db)
  return fold(await Promise.all(fresh.map(event => ofEvent(places, event, []))))
}

async function ofVerdict(db: AppDb, verdict: StoredRow<'verdict'>): Promise<Message> {
  const place = await intentPlace(db, verdict.args)
  return { kind: 'verdict', id: verdict.id, at: verdict.at, needs: true, verdict, place }
}

/** A place to confirm, since its notice was written; now where there is none. */
async function ofAssigned(db: AppDb, card: StoredRow<'my_assignment'>, now: number): Promise<Message> {
  const notice = await db.rows('my_notice').filter(n => n.kind === 'assigned' && n.subject_id === card.id).first()
  return { kind: 'assigned', id: card.id, at: notice?.at ?? card.claimed_at ?? iso(now), needs: true, card }
}

async function ofEvent(
  places: Places, event: StoredRow<'lead_event'>, told: StoredRow<'my_notice'>[],
): Promise<EventMessage> {
  const { id, at } = event
  const notices = told.filter(n => tellsOf(n, event))
  const needs = notices.some(n => n.state === 'new')
  return { kind: 'lead_event', id, at, needs, event, place: await places.ofEvent(event), notices }
}

/** A dead letter, with the shift it was about where it names one that this phone has. */
async function ofLetter(db: AppDb, letter: StoredRow<'dead_letter'>): Promise<Message> {
  const place = await intentPlace(db, letter.about)
  return { kind: 'dead_letter', id: letter.id, at: letter.at, needs: true, letter, place }
}

/** Number on the tab: what waits for the person. */
export async function messagesNeedingMe(db: AppDb, now: number): Promise<number> {
  return (await messageRows(db, now)).filter(m => m.needs && m.kind !== 'assigned').length
}
