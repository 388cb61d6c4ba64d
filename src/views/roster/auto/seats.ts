import type { OpenDraft } from '#queries/autoRows.ts'
import type { Roster } from '#solver/problem.ts'
import type { AutoInput, Server } from './autoInput.ts'
import type { AutoProblem } from './autoProblem.ts'
import type { Time } from './nightPosts.ts'
import { mayHold } from '#domain/askables.ts'
import { dispatch, NOBODY } from '#solver/dispatch.ts'
import { canReach, lackOf, servingAt, timesOf } from './nightPosts.ts'

/** Somebody put on a shift. `day` and `person` are numbers of the problem. */
export interface Seat { shift_id: string, responder_id: string, name: string, day: number, person: number }

/** What a place costs that stays empty though somebody could take it: more than all else together. */
const EMPTY = 1e9

/** A place with its turn in the dealing: all with a lower rank are filled before. */
interface Place { shift: OpenDraft, rank: number }
/** What dealing looks at: who is there, and who knows which post. */
interface Dealing { servers: readonly Server[], knows: (id: string, post: string) => boolean }

/**
 * The places of a time in the order in which they are dealt. Each post gets its first person before any gets its
 * second; but by night a post reaches its minimum before the next post gets anybody (R18): first posts that everybody
 * who is there may hold, then those that lack least, then those that most people know.
 */
function placesOf({ shifts }: Time, { servers, knows }: Dealing): Place[] {
  const isShut = (shift: OpenDraft): boolean => servers.some(server => !mayHold(server, shift))
  const known = (shift: OpenDraft): number => servers.filter(({ id }) => knows(id, shift.post_id)).length
  const night = shifts.filter(shift => lackOf(shift) > 0).sort((a, b) =>
    Number(canReach(b)) - Number(canReach(a)) || Number(isShut(a)) - Number(isShut(b)) || lackOf(a) - lackOf(b)
    || known(b) - known(a))
  const first = night.flatMap(shift => Array.from({ length: Math.min(lackOf(shift), shift.missing) },
    () => ({ shift })))
  const dealt = first.map(({ shift }, rank) => ({ shift, rank }))
  const others = shifts.flatMap((shift) => {
    const from = first.filter(other => other.shift === shift).length
    return Array.from({ length: shift.missing - from }, (_, i) =>
      ({ shift, rank: first.length + shift.level + from + i }))
  })
  return [...dealt, ...others]
}

/** Who takes which place of a time, exactly (src/solver/dispatch.ts): by rank, then people go where they have been. */
function deal(time: Time, of: Dealing): { shift: OpenDraft, server: Server }[] {
  const { servers, knows } = of
  const places = placesOf(time, of)
  // one rank lower is worth more than all posts that are known
  const step = servers.length + 1
  const cost = Float64Array.from({ length: places.length * servers.length }, (_, i) => {
    const [{ shift, rank }, server] = [places[Math.floor(i / servers.length)]!, servers[i % servers.length]!]
    if (!mayHold(server, shift)) return Infinity
    return rank * step + Number(!knows(server.id, shift.post_id))
  })
  const { taken } = dispatch(cost, servers.length, EMPTY)
  return places.flatMap(({ shift }, p) => {
    const chosen = taken[p] ?? NOBODY
    return chosen === NOBODY ? [] : [{ shift, server: servers[chosen]! }]
  })
}

/**
 * Sends those who serve at a time to its posts. The roster that comes back has them at the kinds of their posts: of two
 * kinds at one time it does not matter to the rules which one somebody has.
 */
export function seatsOf(input: AutoInput, of: AutoProblem, made: Roster): { seats: Seat[], roster: Roster } {
  const posts = new Map<string, Set<string>>()
  const learn = (id: string, post: string): void => { posts.set(id, (posts.get(id) ?? new Set()).add(post)) }
  for (const { responder_id, post_id } of input.turns) learn(responder_id, post_id)
  const roster = made.map(mine => mine.slice())
  const numberOf = new Map(of.servers.map((server, i) => [server, i]))
  const seats: Seat[] = []
  for (const time of timesOf(input, of)) {
    const servers = servingAt(time, of, made).map(i => of.servers[i]!)
    const knows = (id: string, post: string): boolean => posts.get(id)?.has(post) ?? false
    for (const { shift, server } of deal(time, { servers, knows })) {
      const person = numberOf.get(server)!
      roster[person]![time.day] = of.cellOf(shift).duty
      learn(server.id, shift.post_id)
      seats.push({ shift_id: shift.id, responder_id: server.id, name: server.name, day: time.day, person })
    }
  }
  return { seats, roster }
}
