import { vi } from 'vitest'

/** Runs one statement and answers its rows. */
type Rows = (text: string, params: unknown[]) => Promise<unknown[]>

/**
 * Plans deliveries as at `from` (SQL), one minute and three minutes later, so that people no channel reaches are on the
 * call list. Repeats each pass until nothing is due at its time: it does nothing while the backend's own tick plans.
 */
export async function planUntilCalls(rows: Rows, from = 'now()'): Promise<void> {
  const [start] = await rows(`select (${from})::text as at`, []) as { at: string }[]
  const time = '$1::timestamptz + make_interval(mins => $2)'
  for (const minutes of [0, 1, 3]) {
    const at = [start!.at, minutes]
    await vi.waitUntil(async () => {
      await rows(`select private.plan_deliveries(${time})`, at)
      return (await rows(`select from app.notice where next_at <= ${time}`, at)).length === 0
    }, { timeout: 30_000, interval: 200 })
  }
}
