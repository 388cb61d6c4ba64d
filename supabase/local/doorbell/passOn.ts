import type { Db } from '../database/db.ts'
import type { Loop } from '../every.ts'
import { every } from '../every.ts'

/** Milliseconds a ring may lie before it is passed on. */
const PACE = 100

// Every server on this database hears it, whichever takes the rings away.
const PASS_ON = `with taken as (delete from local.ring returning topic, event, payload)
select pg_notify('redwhistle_ring', jsonb_build_object('topic', topic, 'event', event, 'payload', payload)::text)
from (select distinct on (topic, event, payload ->> 'scope') * from taken order by topic, event, payload ->> 'scope', (payload ->> 'head')::bigint desc) t`

/** Passes on what `realtime.send` left in `local.ring`, ten times a second. */
export function passOn(db: Db, log: (line: string) => void): Loop {
  const run = async (): Promise<void> => void await db.query(PASS_ON)
  return every(PACE, run, what => log(`The doorbell cannot pass rings on: ${what}`))
}
