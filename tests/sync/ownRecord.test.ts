import type { PGlite } from '@electric-sql/pglite'
import type { Phone } from './sim/phone.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { bootPglite, call } from '../db/pglite.ts'
import { grant, makeShift, person, pglite } from '../db/world.ts'
import { Server } from '../fakes/pgGateway.ts'
import { holdsAtRest } from './sim/checks.ts'
import { Phone as OnePhone } from './sim/phone.ts'
import { Run } from './sim/run.ts'
import { acceptArgs, sync } from './sim/stages.ts'
import '../fakes/indexeddb.ts'

let pg: PGlite
let server: Server
beforeAll(async () => {
  pg = await bootPglite()
  server = new Server(pg)
  server.page = 10_000
})
afterAll(() => pg.close())

const rows = async (
  phone: Phone,
  tbl: 'my_listing' | 'my_assignment' | 'assignment' | 'responder_lead' | 'lead_event',
): Promise<Record<string, unknown>[]> => await phone.db.rows(tbl).toArray() as unknown as Record<string, unknown>[]

const recordOf = async (desk: Phone, name: string): Promise<string> =>
  (await rows(desk, 'responder_lead')).find(r => r.name === name)!.id as string

interface SecondCommunity { community: string, post: string, number: string }
/** A further community of the street with one post, and the number of `mine`. */
async function secondCommunity(run: Run, mine: Phone): Promise<SecondCommunity> {
  const { rows: [place] } = await pg.query<SecondCommunity>(`
    with c as (
      insert into app.org_unit (id, level, name, parent_id)
      select gen_random_uuid(), 'community', '丙社区', parent_id
      from app.org_unit
      where id = $1
      returning id
    ),
    p as (
      insert into app.post (id, org_unit_id, community_id, name, kind)
      select gen_random_uuid(), id, id, '门', 'gate'
      from c
      returning id
    )
    select c.id as community, p.id as post, (select phone from app.responder_contact where responder_id = $2) as number
    from c, p`,
  [run.community, mine.responder],
  )
  return place!
}

const importPerson = (login: string, community_id: string, name: string, phone: string): Promise<unknown> =>
  call(pg, login, 'import_rows', {
    p_batch: randomUUID(),
    p_kind: 'responder',
    p_meta: { community_id, file_name: 'x.csv', demo: false },
    p_rows: [{ row: 1, name, phone, kind: 'volunteer', pinyin: 'x', initials: 'x' }],
  })

/** Makes an invitation link for a record; answers its token. */
async function inviteLink(login: string, record: string): Promise<string> {
  const made = await call<{ invitations: { token: string }[] }>(pg, login, 'invite', { p_responder_ids: [record] })
  return made.invitations[0]!.token
}

it('a record of another community reaches only its person, who alone can join it', async () => {
  const run = await Run.begin(server, [])
  const [mine, other, lead] = run.phones as [Phone, Phone, Phone]
  const db = pglite(pg)
  const place = await secondCommunity(run, mine)
  const boss = await person(db, place.community, '周丙')
  await grant(db, boss.login, place.community, 'coordinator')
  const desk = new OnePhone(server, boss, true)
  await importPerson(boss.login, place.community, '小志愿', place.number)
  await sync(mine, other, lead, desk)

  // the second community plans with its own record, which no phone of the first community sees
  const record = await recordOf(desk, '小志愿')
  const door = { community: place.community, post: place.post } as never
  const shift_id = await makeShift(db, door, clock.date(30 * 3600e3), 2, 1)
  await sync(desk)
  const assignment_id = randomUUID()
  await desk.tab(0).tap('assign', { assignment_id, shift_id, responder_id: record })
  await sync(desk, mine, other, lead)
  expect(await rows(mine, 'my_listing')).toMatchObject([{ id: record, community_name: '丙社区' }])
  expect(await rows(mine, 'my_assignment')).toEqual([])
  for (const phone of [other, lead]) {
    expect(await rows(phone, 'my_listing')).toEqual([])
    expect((await rows(phone, 'responder_lead')).map(r => r.name)).not.toContain('小志愿')
  }
  expect((await rows(desk, 'responder_lead')).map(r => r.id)).not.toContain(mine.responder)

  // being on a list proves nothing: only the newest link made for this record joins it
  const join = (who: string, p_token: string): Promise<unknown> =>
    call(pg, who, 'join_record', { p_record_id: record, p_token })
  await importPerson(boss.login, place.community, '别人', '19711112222')
  await sync(desk)
  const strangersLink = await inviteLink(boss.login, await recordOf(desk, '别人'))
  const older = await inviteLink(boss.login, record)
  const link = await inviteLink(boss.login, record)
  expect(await join(other.login, link)).toMatchObject({ status: 'refused', code: 'gone' })
  for (const wrong of ['NOSUCHTOKEN000000000', strangersLink, older])
    expect(await join(mine.login, wrong)).toEqual({ status: 'refused', code: 'invitation_invalid', detail: null })
  await sync(mine, desk)
  expect(await rows(mine, 'my_listing')).toHaveLength(1)
  expect(await rows(mine, 'my_assignment')).toEqual([])

  expect(await join(mine.login, link)).toMatchObject({ status: 'applied' })
  await sync(mine, other, lead, desk)
  expect(await rows(mine, 'my_listing')).toEqual([])
  const card = { id: assignment_id, responder_id: mine.responder }
  expect(await rows(mine, 'my_assignment')).toMatchObject([{ ...card, state: 'assigned' }])
  expect((await rows(desk, 'responder_lead')).map(r => r.id)).toContain(mine.responder)
  expect((await rows(desk, 'responder_lead')).map(r => r.id)).not.toContain(record)
  for (const phone of [lead, desk])
    expect((await rows(phone, 'lead_event')).map(e => e.kind)).toContain('record_joined')

  // the person confirms the place as any other
  await mine.tab(0).tap('accept_shift', { ...acceptArgs(shift_id), assignment_id })
  await sync(mine, desk)
  expect(await rows(desk, 'assignment')).toMatchObject([{ ...card, state: 'accepted' }])
  await holdsAtRest(run)
  await desk.close()
  await run.end()
})
