import type { Phone } from './phone.ts'
import type { Run } from './run.ts'
import { expect } from 'vitest'

/** Rows of one query. */
export async function rowsOf<T>(run: Run, sql: string, params: unknown[]): Promise<T[]> {
  return (await run.server.pg.query<T>(sql, params)).rows
}

/** I4, I10 on the server: verdicts come in the order of the taps; heads and sums add up. */
export async function serverAddsUp(run: Run): Promise<void> {
  const bad = await rowsOf(run, `
    select s.id
    from sync.scope s
    left join lateral (
      select max(ver) as head, count(*) filter (where op = 'P') as n,
        coalesce(sum(ver) filter (where op = 'P'), 0) as sum
      from sync.entry e
      where e.scope = s.id
    ) x on true
    where s.id like '%' || $1 || '%' and (s.head, s.n_live, s.sum_ver) is distinct from (x.head, x.n, x.sum)`,
  [run.community],
  )
  expect(bad, 'I10 heads').toEqual([])
  for (const phone of run.phones.filter(p => !p.copied)) {
    const decided = await rowsOf<{ id: string }>(
      run,
      'select mutation_id as id from sync.result where login_id = $1 and mutation_id = any($2::uuid[]) order by seq',
      [phone.login, phone.taps],
    )
    expect(decided.map(d => d.id), 'I4 order').toEqual(phone.taps)
  }
}

/** I1 at rest: each kept tap has one verdict, and a verdict with a code is shown on its author's phone. */
export async function everyTapAnswered(run: Run, phone: Phone): Promise<void> {
  const decided = await rowsOf<{ id: string, code: string | null, dismissed_at: string | null }>(
    run,
    'select mutation_id as id, code, dismissed_at from sync.result where login_id = $1',
    [phone.login],
  )
  const ids = new Set(decided.map(d => d.id))
  expect(phone.taps.filter(id => !ids.has(id)), 'I1 taps without verdict').toEqual([])
  const shown = new Set((await phone.db.rows('verdict').toArray()).map(v => v.id))
  expect(decided.filter(d => d.code !== null && d.dismissed_at === null && !shown.has(d.id)), 'I1 verdicts not shown')
    .toEqual([])
}

async function fingerprint(run: Run): Promise<unknown> {
  return rowsOf(
    run,
    `select (select jsonb_object_agg(id, head)
             from sync.scope
             where id like '%' || $1 || '%' or id = any($2::text[])) as heads,
      (select count(*)::int from sync.result where login_id = any($3::uuid[])) as results`,
    [
      run.community,
      run.phones.map(p => `user:${p.login}`),
      run.phones.map(p => p.login),
    ],
  )
}

/** I16: playing every push again changes nothing. */
export async function replaysChangeNothing(run: Run): Promise<void> {
  const before = await fingerprint(run)
  for (const { login, request } of [...run.server.seen]) await run.server.push(login, request)
  expect(await fingerprint(run), 'I16 replays').toEqual(before)
}
