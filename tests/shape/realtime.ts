import type pg from 'pg'
import { randomUUID } from 'node:crypto'

/**
 * Whether Realtime lets a login join a private channel: it writes a message of the topic, reads it with the person's
 * claims, and rolls back. `login` null: nobody signed in.
 */
export async function mayHear(
  client: pg.Client | pg.PoolClient,
  login: string | null,
  topic: string,
): Promise<boolean> {
  const role = login === null ? 'anon' : 'authenticated'
  const claims = JSON.stringify(login === null ? { role } : { role, sub: login })
  const id = randomUUID()
  await client.query('begin')
  try {
    await client.query(`insert into realtime.messages (id, topic, extension) values ($1, $2, 'broadcast')`, [
      id,
      topic,
    ])
    await client.query(
      `select set_config('role', $1, true), set_config('realtime.topic', $2, true),
        set_config('request.jwt.claims', $3, true),
        set_config('request.jwt.claim.sub', $4, true), set_config('request.headers', '{}', true)`,
      [role, topic, claims, login ?? ''],
    )
    return (await client.query('select 1 from realtime.messages where id = $1', [id])).rowCount === 1
  }
  finally {
    await client.query('rollback')
  }
}
