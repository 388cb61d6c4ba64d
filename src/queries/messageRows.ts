import type { AppDb, Stored } from '#db/db.ts'
import type { NoticeMessage } from './noticeRows.ts'
import { DAY, iso, ms } from '#domain/time.ts'
import { noticeRows } from './noticeRows.ts'

/** Everything but notices, which have a card of their own. */
export type CardMessage = Exclude<Message, NoticeMessage>
/** One thing worth reading, newest first. `needs` = it waits for the person. */
export type Message =
  | { kind: 'verdict', id: string, at: string, needs: true, verdict: Stored<'verdict'>, place: MessagePlace | null }
  | { kind: 'assigned', id: string, at: string, needs: true, card: Stored<'my_assignment'> }
  | { kind: 'released', id: string, at: string, needs: false, card: Stored<'my_assignment'> }
  | { kind: 'stood_by', id: string, at: string, needs: false, offer: Stored<'my_offer'> }
  | {
    kind: 'lead_event',
    id: string,
    at: string,
    needs: false,
    event: Stored<'lead_event'>,
    place: MessagePlace | null,
  }
  | NoticeMessage
  | {
    kind: 'dead_letter',
    id: string,
    at: string,
    needs: true,
    letter: Stored<'dead_letter'>,
    place: MessagePlace | null,
  }
export interface MessagePlace {
  place_name: string
  post_name: string
  starts_at: string
  ends_at: string
}

const KEEP = 7 * DAY

/** Reads 消息 at `now` (ms): verdicts until dismissed, the rest of the last seven days. */
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
    ...await Promise.all(verdicts.filter(v => !v._pending).map(async v => ({
      kind: 'verdict' as const,
      id: v.id,
      at: v.at,
      needs: true as const,
      verdict: v,
      place: await verdictPlace(db, v, mine, offers),
    }))),
    ...dutyMessages(mine, offers, now, fresh),
    ...await Promise.all(events.filter(e => fresh(e.at)).map(async event => ({
      kind: 'lead_event' as const,
      id: event.id,
      at: event.at,
      needs: false as const,
      event,
      place: await shiftPlace(db, event.shift_id),
    }))),
    ...await noticeRows(db, now, { mine, offers, events }),
    ...await Promise.all(letters.map(async letter => ({
      kind: 'dead_letter' as const,
      id: letter.id,
      at: letter.at,
      needs: true as const,
      letter,
      place: await letterPlace(db, letter),
    }))),
  ]
  return list.sort((a, b) => ms(b.at) - ms(a.at))
}

/** What a person's own duty says: places to confirm, places taken back, requests that were withdrawn. */
function dutyMessages(
  mine: Stored<'my_assignment'>[], offers: Stored<'my_offer'>[], now: number, fresh: (at: string) => boolean,
): Message[] {
  return [
    ...mine.filter(a => a.state === 'assigned' && !a._pending && ms(a.ends_at) > now).map(card => ({
      kind: 'assigned' as const,
      id: card.id,
      at: card.claimed_at ?? iso(now),
      needs: true as const,
      card,
    })),
    ...mine.filter(a => a.state === 'released' && fresh(a.starts_at)).map(card => ({
      kind: 'released' as const,
      id: card.id,
      at: card.off_post_at ?? card.accepted_at ?? card.starts_at,
      needs: false as const,
      card,
    })),
    ...offers.filter(o => o.state === 'withdrawn' && !o._pending && fresh(o.sent_at)).map(offer => ({
      kind: 'stood_by' as const,
      id: offer.id,
      at: offer.answered_at ?? offer.sent_at,
      needs: false as const,
      offer,
    })),
  ]
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
  return {
    place_name: unit?.name ?? '',
    post_name: post?.name ?? '',
    starts_at: shift.starts_at,
    ends_at: shift.ends_at,
  }
}

/** The shift a dead letter was about, when it names one that this phone has. */
function letterPlace(db: AppDb, { about }: Stored<'dead_letter'>): Promise<MessagePlace | null> {
  return shiftPlace(db, typeof about?.shift_id === 'string' ? about.shift_id : null)
}

async function verdictPlace(
  db: AppDb,
  v: Stored<'verdict'>,
  mine: Stored<'my_assignment'>[],
  offers: Stored<'my_offer'>[],
): Promise<MessagePlace | null> {
  const { offer_id, assignment_id, shift_id } = (v.args ?? {}) as Record<string, string | undefined>
  return offers.find(o => o.id === offer_id) ?? mine.find(a => a.id === assignment_id)
    ?? shiftPlace(db, shift_id ?? null)
}
