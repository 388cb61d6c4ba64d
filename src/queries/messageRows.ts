import type { AppDb, StoredRow } from '#db/db.ts'
import type { NoticeMessage } from './noticeRows.ts'
import { DAY, iso, ms } from '#domain/time.ts'
import { noticeRows } from './noticeRows.ts'

/** Everything but notices, which have a card of their own. */
export type CardMessage = Exclude<Message, NoticeMessage>
/** One thing worth reading; `needs`: it waits for the person. */
export type Message =
  | { kind: 'verdict', id: string, at: string, needs: true, verdict: StoredRow<'verdict'>, place: KnownPlace }
  | { kind: 'assigned', id: string, at: string, needs: true, card: StoredRow<'my_assignment'> }
  | { kind: 'released', id: string, at: string, needs: false, card: StoredRow<'my_assignment'> }
  | { kind: 'stood_by', id: string, at: string, needs: false, offer: StoredRow<'my_offer'> }
  | { kind: 'lead_event', id: string, at: string, needs: false, event: StoredRow<'lead_event'>, place: KnownPlace }
  | { kind: 'dead_letter', id: string, at: string, needs: true, letter: StoredRow<'dead_letter'>, place: KnownPlace }
  | NoticeMessage
type KnownPlace = MessagePlace | null
/** Where and when a message is about; times ISO. */
export interface MessagePlace { place_name: string, post_name: string, starts_at: string, ends_at: string }

const KEEP = 7 * DAY

/** Reads 消息 at `now` (ms), newest first: verdicts until they are dismissed, the rest of the last seven days. */
export async function messageRows(db: AppDb, now: number): Promise<Message[]> {
  const [verdicts, mine, offers, events, letters] = await Promise.all([
    db.rows('verdict').toArray(),
    db.rows('my_assignment').toArray(),
    db.rows('my_offer').toArray(),
    db.rows('lead_event').toArray(),
    db.rows('dead_letter').toArray(),
  ])
  const fresh = (at: string): boolean => ms(at) > now - KEEP
  const list: Message[] = [
    ...await Promise.all(verdicts.filter(v => !v._pending).map(v => ofVerdict(db, v, mine, offers))),
    ...mine.filter(a => a.state === 'assigned' && !a._pending && ms(a.ends_at) > now).map(a => ofAssigned(a, now)),
    ...mine.filter(a => a.state === 'released' && fresh(a.starts_at)).map(ofReleased),
    ...offers.filter(o => o.state === 'withdrawn' && !o._pending && fresh(o.sent_at)).map(ofWithdrawn),
    ...await Promise.all(events.filter(e => fresh(e.at)).map(event => ofEvent(db, event))),
    ...await noticeRows(db, now, { mine, offers, events }),
    ...await Promise.all(letters.map(letter => ofLetter(db, letter))),
  ]
  return list.sort((a, b) => ms(b.at) - ms(a.at))
}

async function ofVerdict(
  db: AppDb, verdict: StoredRow<'verdict'>, mine: StoredRow<'my_assignment'>[], offers: StoredRow<'my_offer'>[],
): Promise<Message> {
  const place = await verdictPlace(db, verdict, mine, offers)
  return { kind: 'verdict', id: verdict.id, at: verdict.at, needs: true, verdict, place }
}

function ofAssigned(card: StoredRow<'my_assignment'>, now: number): Message {
  return { kind: 'assigned', id: card.id, at: card.claimed_at ?? iso(now), needs: true, card }
}

function ofReleased(card: StoredRow<'my_assignment'>): Message {
  const at = card.off_post_at ?? card.accepted_at ?? card.starts_at
  return { kind: 'released', id: card.id, at, needs: false, card }
}

function ofWithdrawn(offer: StoredRow<'my_offer'>): Message {
  return { kind: 'stood_by', id: offer.id, at: offer.answered_at ?? offer.sent_at, needs: false, offer }
}

async function ofEvent(db: AppDb, event: StoredRow<'lead_event'>): Promise<Message> {
  const place = await shiftPlace(db, event.shift_id)
  return { kind: 'lead_event', id: event.id, at: event.at, needs: false, event, place }
}

/** A dead letter, with the shift it was about where it names one that this phone has. */
async function ofLetter(db: AppDb, letter: StoredRow<'dead_letter'>): Promise<Message> {
  const shift = letter.about?.shift_id
  const place = await shiftPlace(db, typeof shift === 'string' ? shift : null)
  return { kind: 'dead_letter', id: letter.id, at: letter.at, needs: true, letter, place }
}

/** Number on the tab: what waits for the person. */
export async function messagesNeedingMe(db: AppDb, now: number): Promise<number> {
  return (await messageRows(db, now)).filter(m => m.needs && m.kind !== 'assigned').length
}

async function shiftPlace(db: AppDb, id: string | null): Promise<MessagePlace | null> {
  const shift = id ? await db.rows('shift').get(id) : undefined
  if (!shift) return null
  const [post, unit] = await Promise.all([
    db.rows('post').get(shift.post_id),
    db.rows('org_unit').get(shift.org_unit_id),
  ])
  const { starts_at, ends_at } = shift
  return { place_name: unit?.name ?? '', post_name: post?.name ?? '', starts_at, ends_at }
}

/** Where the intent of a verdict was about: its offer, its card or its shift, whichever this phone has. */
async function verdictPlace(
  db: AppDb, v: StoredRow<'verdict'>, mine: StoredRow<'my_assignment'>[], offers: StoredRow<'my_offer'>[],
): Promise<MessagePlace | null> {
  const { offer_id, assignment_id, shift_id } = (v.args ?? {}) as Record<string, string | undefined>
  return offers.find(o => o.id === offer_id) ?? mine.find(a => a.id === assignment_id)
    ?? shiftPlace(db, shift_id ?? null)
}
