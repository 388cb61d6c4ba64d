import type { Db } from '../database/db.ts'
import { kindOf } from '../failure.ts'

/** Milliseconds a ring may lie before it is passed on. */
const PACE = 100

// Every server on this database hears it, whichever takes the rings away.
const PASS_ON = `with taken as (delete from local.ring returning topic, event, payload)
select pg_notify('redwhistle_ring', jsonb_build_object('topic', topic, 'event', event, 'payload', payload)::text)
from (select distinct on (topic, event, payload ->> 'scope') * from taken order by topic, event, payload ->> 'scope', (payload ->> 'head')::bigint desc) t`

/** Passes on what `realtime.send` left in `local.ring`, ten times a second. Errors are logged once each and never stop it. Returns the way to stop. */
export function passOn(db: Db, log: (line: string) => void): () => void {
  let stopped = false
  let said = ''
  let timer: NodeJS.Timeout | undefined
  const once = async (): Promise<void> => {
    try {
      await db.query(PASS_ON)
      said = ''
    }
    catch (error) {
      const line = kindOf(error)
      if (!stopped && line !== said) log(`The doorbell cannot pass rings on: ${line}`)
      said = line
    }
    if (!stopped) timer = setTimeout(() => void once(), PACE)
  }
  void once()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
