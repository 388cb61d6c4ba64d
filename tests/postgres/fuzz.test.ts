import type { Rpc } from '../../supabase/local/rpc/rpc.ts'
import type { World } from '../db/world.ts'
import type { Postgres17 } from './postgres17.ts'
import { randomUUID } from 'node:crypto'
import process from 'node:process'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../supabase/local/database/postgres.ts'
import { readCatalog } from '../../supabase/local/rpc/catalog.ts'
import { startRpc } from '../../supabase/local/rpc/rpc.ts'
import { signToken } from '../../supabase/local/token.ts'
import { clock } from '../clock.ts'
import { makeShift, makeWorld, mutation } from '../db/world.ts'
import { liftLimits, startPostgres17 } from './postgres17.ts'

const KEYS = { jwt_secret: 'a secret of the fuzz test, long enough', publishable_key: 'key' }
const SEED = Number(process.env.FUZZ_SEED ?? 20261128)
const PUSHES = 6000
const CALLS = 4500
const FORGET_LIMITS = `update sync.client
  set created_at = now() - interval '2 days', bytes = 0, refusals = 0, dead_letters = 0`

let pg17: Postgres17
let world: World
let rpc: Rpc
let db: ReturnType<typeof connect>
let ids: string[]
let shapes: Map<string, unknown>
/** api functions a person may call, with the types of their arguments */
let functions: { name: string, args: readonly { name: string, type: string }[] }[]
const seen = { inputs: 0, by: new Map<number, number>(), bad: [] as string[] }

beforeAll(async () => {
  pg17 = await startPostgres17(8)
  await liftLimits(pg17.pool)
  world = await makeWorld(pg17.pool, 2)
  const shift = await makeShift(pg17.pool, world, new Date(clock.now() + 3600e3), 3, 5)
  ids = [
    shift, world.community, world.other, world.post, world.estate, ...world.buildings, world.people[0]!.responder,
    world.stranger.responder,
  ]
  const { rows } = await pg17.pool.query(
    `select name, shape from private.shape where name !~ '[.]' and name <> 'worker_settle_deliveries'`,
  )
  shapes = new Map(rows.map(r => [r.name as string, r.shape as unknown]))
  db = connect(pg17.url, { max: 4 })
  functions = [...(await readCatalog(db)).values()].filter(f =>
    !['push', 'close_account'].includes(f.name) && !f.name.startsWith('worker_'),
  )
  rpc = await startRpc(db, KEYS)
})
afterAll(async () => {
  await db?.close()
  await pg17?.close()
})

/** Values that no argument should hold: extreme numbers and times, broken text, deep nests, long lists. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null, true, 0, -1, 0.5, 2 ** 31, 2 ** 53, 1e308, '', 'infinity', '-infinity', 'NaN', 'now', '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00Z BC', '\u0000', '\uD800', '\'; drop', '%', [], {}, [null], [[[[]]]],
  ),
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.integer({ min: 2, max: 3000 }).map(n => 'x'.repeat(n)),
  fc.constant(Array.from({ length: 2000 }).fill(1)),
  fc.integer({ min: 10, max: 60 }).map(n => JSON.parse('['.repeat(n) + ']'.repeat(n)) as unknown),
  fc.object({ maxDepth: 3 }),
)
const id = fc.oneof(fc.nat().map(n => ids[n % ids.length]!), fc.uuid())
const time = fc.integer({ min: -400, max: 400 }).map(h => new Date(clock.now() + h * 3600e3).toISOString())

/** A value that fits a shape of push; one in 13 is odd. */
function fitting(shape: unknown): fc.Arbitrary<unknown> {
  const good = (): fc.Arbitrary<unknown> => {
    if (Array.isArray(shape)) return fc.array(fitting(shape[0]), { maxLength: 4 })
    if (typeof shape === 'object')
      return fc.record(Object.fromEntries(Object.entries(shape as object).map(([k, s]) => [k, fitting(s)])))
    const [kind, ...rest] = String(shape).split(' ')
    switch (kind) {
      case 'id': return id
      case 'int': return fc.integer({ min: Number(rest[0]), max: Number(rest[1]) })
      case 'one': return fc.constantFrom(...rest)
      case 'among': return fc.constantFrom(...rest.map(Number))
      case 'bool': return fc.boolean()
      case 'time':
      case 'fact': return time
      case 'date': return time.map(t => t.slice(0, 10))
      default: return fc.string({ maxLength: Math.min(40, Number(rest[0])) })
    }
  }
  return fc.oneof({ weight: 12, arbitrary: good() }, { weight: 1, arbitrary: odd })
}

/** A value of an SQL type; two in seven are odd. */
function ofType(type: string): fc.Arbitrary<unknown> {
  const good: Record<string, fc.Arbitrary<unknown>> = {
    'uuid': id,
    'uuid[]': fc.array(id, { maxLength: 5 }),
    'integer': fc.integer(),
    'text': fc.oneof(
      fc.string({ maxLength: 60 }),
      fc.constantFrom('post', 'responder', 'building', 'coordinator', 'wecom', 'D00RC0DE11'),
    ),
    'jsonb': fc.oneof(
      fc.object({ maxDepth: 2 }),
      fc.array(fc.object({ maxDepth: 1 }), { maxLength: 5 }),
      fc.record({ community_id: id, file_name: fc.string(), demo: fc.boolean() }),
    ),
  }
  return fc.oneof({ weight: 5, arbitrary: good[type] ?? fc.string() }, { weight: 2, arbitrary: odd })
}

const token = async (login: string): Promise<string> =>
  signToken({ sub: login, role: 'authenticated', exp: Math.floor(clock.now() / 1000) + 3600 }, KEYS.jwt_secret)
/** The tokens of all who may try: nobody, a person, a coordinator, an officer, and a login that belongs nowhere. */
async function callers(): Promise<(string | undefined)[]> {
  const logins = [world.people[0]!.login, world.coordinator.login, world.officer, randomUUID()]
  return [undefined, ...await Promise.all(logins.map(token))]
}

async function send(name: string, who: string | undefined, args: unknown): Promise<number> {
  const answer = await rpc({
    name,
    method: 'POST',
    schema: 'api',
    token: who,
    body: JSON.stringify(args),
    address: `10.${seen.inputs % 200}.${seen.inputs % 251}.1`,
  })
  seen.inputs++
  seen.by.set(answer.status, (seen.by.get(answer.status) ?? 0) + 1)
  if (answer.status >= 500) {
    const [given, body] = [JSON.stringify(args).slice(0, 300), answer.body.toString('utf8').slice(0, 200)]
    seen.bad.push(`${answer.status} ${name} ${given} ${body}`)
  }
  return answer.status
}

/** Changes to an envelope: mostly none, else odd values of some fields. */
const envelope = fc.oneof(
  { weight: 20, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom('seq', 'v', 'id', 'base', 'device_at', 'offset_ms', 'more'), odd),
  },
)

it('no input of anybody is answered with an error of the server, and the database stays sound', async () => {
  const who = await callers()
  const names = [...shapes.keys()]
  const pushes = fc.sample(
    fc.tuple(fc.constantFrom(...names), fc.nat(), envelope),
    { numRuns: PUSHES, seed: SEED },
  )
  const each = Math.ceil(PUSHES / names.length) * 2
  const args = new Map(
    names.map((name, i) => [name, fc.sample(fitting(shapes.get(name)), { numRuns: each, seed: SEED + i })]),
  )
  for (const [i, [name, n, over]] of pushes.entries()) {
    const mut = mutation(1, name, args.get(name)![n % args.get(name)!.length], over)
    await send('push', who[i % who.length], { p_client: randomUUID(), p_schema: 2, p_muts: [mut] })
    if (i % 40 === 39) await pg17.pool.query(FORGET_LIMITS)
  }
  const calls = fc.sample(fc.tuple(fc.nat(), fc.constantFrom(...functions.keys())), { numRuns: CALLS, seed: SEED })
  const values = functions.map((f, i) =>
    fc.sample(fc.record(Object.fromEntries(f.args.map(a => [a.name, ofType(a.type)]))), {
      numRuns: Math.ceil(CALLS / functions.length) * 2,
      seed: SEED + i,
    }),
  )
  for (const [i, [n, f]] of calls.entries())
    await send(functions[f]!.name, who[i % who.length], values[f]![n % values[f]!.length])
  const statuses = JSON.stringify(Object.fromEntries([...seen.by].sort()))
  process.stdout.write(`fuzz: ${seen.inputs} inputs (seed ${SEED}), by status ${statuses}\n`)
  expect(seen.bad).toEqual([])
  expect(seen.inputs).toBeGreaterThanOrEqual(10_000)
  expect(seen.by.get(200), 'most get past parsing').toBeGreaterThan(4000)
  const { rows } = await pg17.pool.query('select private.self_check() as findings')
  expect(rows[0]).toEqual({ findings: [] })
}, 300_000)

it('refuses arguments that are nested too deep before the database reads them', async () => {
  for (const levels of [65, 6000, 500_000]) {
    const body = `{"p_client":"${randomUUID()}","p_schema":1,"p_muts":${'['.repeat(levels)}${']'.repeat(levels)}}`
    const answer = await rpc({
      name: 'push',
      method: 'POST',
      schema: 'api',
      token: (await callers())[1],
      body,
      address: '10.0.0.1',
    })
    const code = expect.objectContaining({ code: 'RW002' }) as unknown
    expect([answer.status, JSON.parse(answer.body.toString('utf8'))]).toEqual([400, code])
  }
})
