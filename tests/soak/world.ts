import type { SoakServer } from './server.ts'
import { randomUUID } from 'node:crypto'
import { clock } from '../clock.ts'
import { grant, makeShift, makeWorld } from '../db/world.ts'
import { actor, publishableKey } from '../e2e/cast.ts'

const MINUTE = 60_000

/** Somebody who can really sign in. The token is renewed in place. */
export interface Account { login: string, responder: string, name: string, email: string, token: string }

/** One community, its people with accounts, and too few places for them. The first account coordinates. */
export interface SoakWorld {
  key: string
  community: string
  post: string
  building: string
  /** ms since 1970; call-outs lie two days after it */
  start: number
  /** id of the roster a coordinator drafts; none does here */
  roster: ReturnType<typeof randomUUID>
  shifts: string[]
  phones: Account[]
}

/** Two shifts that run already, then one every 40 minutes of an hour each: neighbours overlap. One place, one place, two, and again. */
function spans(now: number): { at: number, hours: number }[] {
  const running = [0, 1].map(() => ({ at: now - 10 * MINUTE, hours: 3 }))
  const coming = Array.from({ length: 10 }, (_, i) => ({ at: now + (60 + i * 40) * MINUTE, hours: 1 }))
  return [...running, ...coming]
}

/** Fills an empty server through SQL and real sign-ups. */
export async function makeSoakWorld(server: SoakServer, people: number): Promise<SoakWorld> {
  const key = await publishableKey(server.url)
  const world = await makeWorld(server, 0)
  const phones: Account[] = []
  for (let i = 0; i < people; i++) {
    const signIn = `soak${i}`
    const { login, responder, name, token } = await actor(server, server.url, key, world.community, signIn, `值守${i}`, world.buildings[i % 2]!)
    phones.push({ login, responder, name, token, email: `u${signIn}@login.invalid` })
  }
  await grant(server, phones[0]!.login, world.community, 'coordinator')
  const now = clock.now()
  const shifts: string[] = []
  for (const [i, { at, hours }] of spans(now).entries()) shifts.push(await makeShift(server, world, new Date(at), hours, i % 3 === 2 ? 2 : 1))
  return { key, community: world.community, post: world.post, building: world.buildings[0]!, start: now + 8 * 60 * MINUTE, roster: randomUUID(), shifts, phones }
}
