import type { Person, World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { grant, makeWorld, person } from '../db/world.ts'
import { startPostgres17 } from './postgres17.ts'

let pg17: Postgres17
let world: World
let officer: Person

beforeAll(async () => {
  pg17 = await startPostgres17(16)
  world = await makeWorld(pg17.pool, 0)
  officer = await person(pg17.pool, world.other, '周乙')
  await grant(pg17.pool, officer.login, world.other, 'coordinator')
  // the first import of a database records what its data is, and every login reads that record
  await pg17.call(officer.login, 'import_rows', {
    p_batch: randomUUID(),
    p_kind: 'responder',
    p_rows: [],
    p_meta: { community_id: world.other, demo: false },
  })
})
afterAll(async () => pg17?.close())

const run = async (text: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await pg17.pool.query(text, values)).rows as Record<string, unknown>[]

/** The answer of each call: `status` or `status:code`, or the SQLSTATE it raised. */
async function said(...calls: Promise<Record<string, unknown>>[]): Promise<string[]> {
  const answers = await Promise.allSettled(calls)
  return answers.map((answer) => {
    if (answer.status === 'rejected') return String((answer.reason as { code?: string }).code)
    return [answer.value.status, answer.value.code].filter(Boolean).join(':')
  })
}

/** Makes a record of this number in the other community, invites it, and signs a newcomer up by the link. */
async function listNumber(phone: string): Promise<{ record: string, token: string, newcomer: string }> {
  const record = randomUUID()
  await run(`insert into app.responder (id, kind, name) values ($1, 'volunteer', '王小国')`, [record])
  await run('insert into app.responder_contact (responder_id, phone, community_id) values ($1, $2, $3)', [
    record,
    phone,
    world.other,
  ])
  await run(
    `insert into app.report_in (id, responder_id, community_id, state) values (gen_random_uuid(), $1, $2, 'confirmed')`,
    [record, world.other],
  )
  const { invitations } = await pg17.call<{ invitations: { token: string }[] }>(officer.login, 'invite', {
    p_responder_ids: `{${record}}`,
  })
  const token = invitations[0]?.token ?? ''
  const newcomer = randomUUID()
  await run(
    'insert into auth.users (id, email) select $1, email from app.invitation where token_hash = private.hash_token($2)',
    [newcomer, token],
  )
  return { record, token, newcomer }
}

it('a record that is joined, redeemed, invited and listed again at one moment becomes that of one person', async () => {
  const seen = new Set<string>()
  for (let round = 0; round < 25; round++) {
    const mine = await person(pg17.pool, world.community, '王建国')
    const phone = String(
      (await run('select phone from app.responder_contact where responder_id = $1', [mine.responder]))[0]?.phone,
    )
    const { record, token, newcomer } = await listNumber(phone)
    const row = [{ row: 1, name: '王小国', phone, kind: 'volunteer' }]
    const meta = { community_id: world.other, file_name: 'x.csv', demo: false }
    const [first, second, redeemed, invited, imported] = await said(
      pg17.call(mine.login, 'join_record', { p_record_id: record, p_token: token }),
      pg17.call(mine.login, 'join_record', { p_record_id: record, p_token: token }),
      pg17.call(newcomer, 'redeem_invitation', { p_token: token }),
      pg17.call(officer.login, 'invite', { p_responder_ids: `{${record}}` }),
      pg17.call(officer.login, 'import_rows', {
        p_batch: randomUUID(),
        p_kind: 'responder',
        p_rows: row,
        p_meta: meta,
      }),
    )
    const owners = await run(`select r.login_id from app.responder r join app.report_in i on i.responder_id = r.id
      where i.community_id = $1 and r.login_id in ($2, $3)`, [world.other, mine.login, newcomer])
    const came = [first, second, redeemed].filter(answer => answer === 'applied').length
    expect([owners.length, came], `${first} ${second} ${redeemed} ${invited} ${imported}`).toEqual([came, came])
    expect(came).toBeLessThanOrEqual(1)
    // a newer invitation may have ended this one, and a community may be told to come again; nothing may break
    const stale = ['refused:gone', 'refused:invitation_invalid', 'refused:too_many_tries']
    expect([first, second]).toSatisfy((all: string[]) => all.every(answer => ['applied', ...stale].includes(answer)))
    expect(['applied', 'refused:invitation_invalid', 'refused:invitation_used']).toContain(redeemed)
    expect(['applied', 'refused:forbidden']).toContain(invited)
    expect(imported).toBe('applied')
    seen.add(`${came} ${redeemed}`)
  }
  expect(seen.size, 'both ways of ending were seen').toBeGreaterThan(1)
}, 60_000)

it('a password set at one moment by a link, by its person and by a new link is set by one of them', async () => {
  const coordinator = await person(pg17.pool, world.community, '陈乙')
  await grant(pg17.pool, coordinator.login, world.community, 'coordinator')
  for (let round = 0; round < 6; round++) {
    const one = await person(pg17.pool, world.community, '赵梅')
    await run('update app.login set invited_from = $2 where id = $1', [one.login, world.community])
    await run(
      `insert into auth.users (id, email, encrypted_password)
      select id, email, private.hash_password($2)
      from app.login
      where id = $1`,
      [one.login, 'old horse battery'],
    )
    const { token } = await pg17.call<{ token: string }>(coordinator.login, 'issue_reset', {
      p_responder_id: one.responder,
    })
    const by = async (password: string): Promise<Record<string, unknown>> =>
      pg17.call(one.login, 'reset_password', { p_token: token, p_password: password })
    const answers = await said(
      by('by the link once'),
      by('by the link twice'),
      pg17.call(one.login, 'change_password', { p_old: 'old horse battery', p_new: 'by its own person' }),
      pg17.call(coordinator.login, 'issue_reset', { p_responder_id: one.responder }),
    )
    expect(answers.slice(0, 2).filter(answer => answer === 'applied').length, answers.join(' ')).toBeLessThanOrEqual(1)
    expect(answers.filter(answer => /^\w{5}$/.test(answer)), answers.join(' ')).toEqual([])
    expect(answers[3]).toBe('applied')
  }
}, 60_000)
