import type { Delivery, Outcome, Ports } from './ports.ts'
import { sameSecret } from './digest.ts'
import { Bucket, send } from './send.ts'

/** Deliveries claimed at once. Eight at a time, ten seconds each, they are done before their lease of a minute ends. */
const BATCH = 40
const AT_ONCE = 8
/** Milliseconds after which a run claims no more, so that it ends before the platform stops it; the next goes on. */
const RUN_MS = 40_000

async function sendAll(ports: Ports, deliveries: Delivery[], bucket: Bucket): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let i = next++; i < deliveries.length; i = next++) outcomes[i] = await send(ports, deliveries[i]!, bucket)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return outcomes
}

/** Claims, sends and settles until nothing is due; answers the number of deliveries by outcome. */
async function run(ports: Ports, bucket: Bucket): Promise<Record<string, number>> {
  const counts: Record<string, number> = { claimed: 0 }
  const until = ports.now() + RUN_MS
  for (;;) {
    const deliveries = await ports.rpc('worker_claim_deliveries', { p_limit: BATCH }) as Delivery[]
    if (deliveries.length === 0) return counts
    const outcomes = await sendAll(ports, deliveries, bucket)
    await ports.rpc('worker_settle_deliveries', {
      p_results: deliveries.map((d, i) => ({ id: d.id, lease: d.lease, ...outcomes[i] })),
    })
    counts.claimed! += deliveries.length
    for (const { outcome } of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1
    if (deliveries.length < BATCH || ports.now() >= until) return counts
  }
}

/** Why the function did not run. */
export type DeliverCode = 'post_only' | 'no_secret' | 'wrong_secret' | 'no_database'

function refuse(status: number, code: DeliverCode, message: string): Response {
  return Response.json({ code, message }, { status })
}

/**
 * Makes the function `deliver`: a POST with `Authorization: Bearer <DELIVER_SECRET>` sends what is due, answers counts.
 * 401 without the secret, 405 for other methods, 503 while no secret is set, 502 if the database does not answer.
 */
export function makeHandler(ports: Ports): (request: Request) => Promise<Response> {
  const bucket = new Bucket()
  return async (request) => {
    if (request.method !== 'POST') return refuse(405, 'post_only', 'POST only')
    const secret = ports.env('DELIVER_SECRET')
    if (!secret) return refuse(503, 'no_secret', 'DELIVER_SECRET is not set')
    const given = request.headers.get('authorization') ?? ''
    if (!await sameSecret(given, `Bearer ${secret}`)) return refuse(401, 'wrong_secret', 'Not for you')
    try {
      return Response.json(await run(ports, bucket))
    }
    catch {
      return refuse(502, 'no_database', 'The database did not answer')
    }
  }
}
