import { randomBytes } from 'node:crypto'

/** Runs one statement as the owner of the database. */
export type Run = (statement: string, parameters: string[]) => Promise<unknown>

const INVITATION = `insert into app.invitation (id, purpose, token_hash, email, role, expires_at)
  values (private.uuid_v7(), 'setup', private.hash_token($1), $2, 'admin', now() + interval '1 day')`

/** Makes an address one that may sign up: that of a live invitation. Answers the invitation's token. */
export async function inviteAddress(run: Run, email: string): Promise<string> {
  const token = randomBytes(15).toString('hex').slice(0, 20)
  await run(INVITATION, [token, email])
  return token
}
