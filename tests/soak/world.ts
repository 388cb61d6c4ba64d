import type { SoakServer } from './server.ts'
import { randomUUID } from 'node:crypto'
import { clock } from '../clock.ts'
import { grant, listed, makeWorld, person } from '../db/world.ts'
import { actor, publishableKey } from '../e2e/cast.ts'

/** A community of the soak: where call-outs are raised, and who may be asked for help. */
export interface Ground { community: string, post: string, buildings: string[], next: string, people: string[] }
/** Somebody who can really sign in. The token is renewed in place. */
export interface Account {
  login: string, responder: string, name: string, email: string, token: string, leads: boolean, ground: Ground
}

/** Two communities of one street. The first two accounts coordinate one each; the others serve in them by turns. */
export interface SoakWorld {
  key: string
  /** ms since 1970: when the soak began */
  start: number
  phones: Account[]
}

/** People of each community who have no phone in this soak, and those of them who have no login either. */
const [NEIGHBOURS, SILENT] = [9, 5]

/** An estate of two buildings and a post, for a community that has none. */
async function build(server: SoakServer, community: string): Promise<{ post: string, buildings: string[] }> {
  const [estate, one, two, post] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const unit = (...row: [id: string, level: string, name: string, parent: string]) =>
    server.query('insert into app.org_unit (id, level, name, parent_id) values ($1, $2::app.org_level, $3, $4)', row)
  await unit(estate, 'estate', '樱花里', community)
  await unit(one, 'building', '1栋', estate)
  await unit(two, 'building', '2栋', estate)
  await server.query(
    `insert into app.post (id, org_unit_id, community_id, name, kind) values ($1, $2, $3, '单元门岗', 'unit_door')`,
    [post, one, community],
  )
  return { post, buildings: [one, two] }
}

/** Fills an empty server through SQL and real sign-ups. It makes no shifts: people make them while the soak runs. */
export async function makeSoakWorld(server: SoakServer, people: number): Promise<SoakWorld> {
  const key = await publishableKey(server.url)
  const world = await makeWorld(server, 0)
  const grounds: Ground[] = [
    { community: world.community, post: world.post, buildings: world.buildings, next: world.other, people: [] },
    { community: world.other, ...await build(server, world.other), next: world.community, people: [] },
  ]
  // coordinators pick who gets a freed place of a roster; call-outs at the same posts go by rank
  await server.query(`update app.post set waitlist_choice = 'community'`, [])
  const phones: Account[] = []
  for (let i = 0; i < people; i++) {
    const ground = grounds[i % 2]!
    const signIn = `soak${i}`
    const home = ground.buildings[Math.floor(i / 2) % 2]!
    const { login, responder, name, token } =
      await actor(server, server.url, key, ground.community, signIn, `值守${i}`, home)
    phones.push({ login, responder, name, token, email: `u${signIn}@login.invalid`, leads: i < 2, ground })
    ground.people.push(responder)
    if (i < 2) await grant(server, login, ground.community, 'coordinator')
  }
  // people who never look at a phone are asked too, and come onto the list of calls
  for (const ground of grounds) {
    for (let i = 0; i < NEIGHBOURS; i++) {
      const about = [server, ground.community, `邻居${i}`, ground.buildings[i % 2]!] as const
      ground.people.push(i < SILENT ? await listed(...about) : (await person(...about)).responder)
    }
  }
  return { key, start: clock.now(), phones }
}
