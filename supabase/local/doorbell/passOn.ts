import type { Db } from '../database/db.ts'
import type { Loop } from '../every.ts'
import { every } from '../every.ts'

/** Milliseconds a ring may wait in the database. */
const PACE = 100

// One server takes the rings away, and every server on this database hears the notice.
const PASS_ON = `
with taken as (
  delete from local.ring returning topic, event, payload
), latest as (
  select distinct on (topic, event, payload ->> 'scope') *
  from taken
  order by topic, event, payload ->> 'scope', (payload ->> 'head')::bigint desc
)
select pg_notify('redwhistle_ring', jsonb_build_object('topic', topic, 'event', event, 'payload', payload)::text)
from latest`

/** Ten times a second passes on what `realtime.send` left in `local.ring`: the latest of each topic, event, scope. */
export function passOn(db: Db, log: (line: string) => void): Loop {
  const run = async (): Promise<void> => void await db.query(PASS_ON)
  return every(PACE, run, what => log(`The doorbell cannot pass rings on, so phones pull without it: ${what}`))
}
