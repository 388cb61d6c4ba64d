import type { Client } from './database.ts'
import type { Finding } from './findings.ts'
import { randomUUID } from 'node:crypto'
import { has, rows, value } from './database.ts'
import { found } from './findings.ts'

/** Checks Realtime inside the database: is there a bell, and who may hear it? */
export async function checkBells(client: Client): Promise<Finding[]> {
  const findings = (await has(client, 'procedure', 'realtime.send(jsonb,text,text,boolean)'))
    ? []
    : [found('bell_missing')]
  if (!(await has(client, 'class', 'realtime.messages'))) return findings
  const guarded = await value<boolean>(
    client,
    `select exists (select from pg_policies where schemaname = 'realtime' and tablename = 'messages'
    and policyname = 'people hear the bells of their scopes') as value`,
  )
  if (!guarded) findings.push(found('bells_unguarded'))
  return [...findings, ...(await askRealtime(client))]
}

/** Asks as Realtime does, for people of this database: nobody may hear another person's channel. */
async function askRealtime(client: Client): Promise<Finding[]> {
  const [one] = await rows<{ id: string }>(client, 'select id from app.login order by id limit 1')
  const me = one?.id ?? randomUUID()
  const cases: [string | null, string][] = [
    [null, `user:${me}`],
    [me, `user:${randomUUID()}`],
    [me, `org:${randomUUID()}`],
    [me, `sum:${randomUUID()}`],
    [me, 'org:x'],
  ]
  const wrong: string[] = []
  for (const [login, topic] of cases) {
    if (await hears(client, login, topic))
      wrong.push(`${login === null ? 'nobody signed in' : 'somebody'} hears ${topic.replace(/:.*/, ':…')}`)
  }
  return wrong.length === 0 ? [] : [found('bells_wrong', wrong.join(', '))]
}

/** Can a person read a message of this topic? Writes one and reads it with the person's claims, then rolls back. */
async function hears(client: Client, login: string | null, topic: string): Promise<boolean> {
  const role = login === null ? 'anon' : 'authenticated'
  const id = randomUUID()
  await client.query('savepoint hears')
  try {
    await client.query(
      `insert into realtime.messages (id, topic, extension, private) values ($1, $2, 'broadcast', true)`,
      [id, topic],
    )
    await client.query(
      `select set_config('role', $1, true), set_config('realtime.topic', $2, true),
        set_config('request.jwt.claims', $3, true)`,
      [role, topic, JSON.stringify(login === null ? { role } : { role, sub: login })],
    )
    return (await rows(client, 'select 1 from realtime.messages where id = $1', [id])).length > 0
  }
  finally {
    await client.query('rollback to savepoint hears')
  }
}
