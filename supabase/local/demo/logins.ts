import type { DemoTools } from './tools.ts'
import { actAs } from './caller.ts'

/** Makes a login as a person does: opens the invitation, signs up with its address, redeems it. Answers its id. */
export async function redeem(
  tools: DemoTools,
  token: string,
  signInName: string | null,
  password: string,
): Promise<string> {
  const { email } = await actAs<{ email: string }>(tools.db, null, 'invitation', { p_token: token })
  const login = await tools.signUp(email, password)
  await actAs(tools.db, login, 'redeem_invitation', { p_token: token, p_sign_in_name: signInName })
  return login
}

/** Makes the login of the first admin by the one-time link that an operator gets. */
export async function firstAdmin(tools: DemoTools, password: string): Promise<string> {
  const [row] = await tools.db.query<{ token: string }>('select private.new_setup_token() as token')
  return redeem(tools, row?.token ?? '', 'admin', password)
}

/** Gives somebody a role on a unit and makes their login. */
export async function appoint(
  tools: DemoTools,
  by: string,
  unit: string,
  role: string,
  person: string,
  signInName: string,
  password: string,
): Promise<string> {
  const { token } = await actAs<{ token: string }>(tools.db, by, 'appoint', {
    p_org_unit_id: unit,
    p_role: role,
    p_name: person,
  })
  return redeem(tools, token, signInName, password)
}

/** Invites responders and makes their logins; answers those in the order given. */
export async function inviteAll(
  tools: DemoTools,
  coordinator: string,
  responders: readonly string[],
  password: (i: number) => string,
): Promise<string[]> {
  interface Invitations { invitations: { responder_id: string, token: string }[] }
  const args = { p_responder_ids: [...responders] }
  const { invitations } = await actAs<Invitations>(tools.db, coordinator, 'invite', args)
  const tokens = new Map(invitations.map(i => [i.responder_id, i.token]))
  const out: string[] = []
  for (const [i, id] of responders.entries()) out.push(await redeem(tools, tokens.get(id) ?? '', null, password(i)))
  return out
}
