import type { Scene } from './scene.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dbAdvisors, dbPush } from './cli.ts'
import { HookRefusal } from './gotrue.ts'
import { coordinators, people } from './people.ts'
import { mayHear } from './realtime.ts'
import { ANON, as, openScene, valueOf, WORKER } from './scene.ts'

/** Declares the tests of a project on a cluster shaped like Supabase, of one version of PostgreSQL. */
export function exercise(version: 15 | 17): void {
  describe(`a Supabase project on PostgreSQL ${version}`, () => {
    const scene = {} as Scene
    beforeAll(async () => {
      Object.assign(scene, await openScene(version))
    })
    afterAll(async () => scene.project.stop())
    pushing(scene)
    people(scene)
    coordinators(scene)
    workers(scene)
    platform(scene)
    everybody(scene)
  })
}

/** Tests of what the CLI says about the database. */
function pushing(scene: Scene): void {
  it('leaves nothing to do for a second db push', async () => {
    expect((await dbPush(scene.project.shaped.url('postgres'))).out).toContain('up to date')
  })

  it('makes supabase db advisors warn only of search paths of functions that run as their caller', async () => {
    const advice = await dbAdvisors(scene.project.shaped.url('postgres'))
    expect(advice.filter(a => !(a.name === 'function_search_path_mutable' && a.level === 'WARN'))).toEqual([])
  })
}

/** Tests of the sender and the jobs. */
function workers(scene: Scene): void {
  it('lets only service_role claim and settle deliveries', async () => {
    const endpoint = 'https://fcm.googleapis.com/fcm/send/shape'
    await scene.applied(as(scene.cast.cadre), 'save_push_subscription', {
      p_endpoint: endpoint,
      p_p256dh: 'A'.repeat(87),
      p_auth: 'B'.repeat(22),
      p_locale: 'zh-CN',
    })
    const claimed = await scene.call(WORKER, 'worker_claim_deliveries', { p_limit: 40 })
    expect(claimed).toMatchObject({ status: 200, body: expect.arrayContaining([]) as unknown[] })
    const results = (claimed.body as { id: string; lease: string }[]).map(({ id, lease }) => ({
      id,
      lease,
      outcome: 'sent',
    }))
    expect(await scene.applied(WORKER, 'worker_settle_deliveries', { p_results: results })).toMatchObject({
      settled: results.length,
    })
    expect(await scene.call(ANON, 'worker_claim_deliveries', { p_limit: 1 })).toMatchObject({ status: 401 })
    expect(await scene.call(as(scene.cast.admin), 'worker_claim_deliveries', { p_limit: 1 })).toMatchObject({
      status: 403,
    })
    await scene.applied(as(scene.cast.cadre), 'drop_push_subscription', { p_endpoint: endpoint })
  })

  it('runs the jobs as postgres, which delete a sign-up that redeemed nothing', async () => {
    const { shaped, owner } = scene.project
    await shaped.admin.query(
      `insert into auth.users (id, email, created_at)
        values ($1, 'u0000000000000000@login.invalid', now() - interval '2 days')`,
      [randomUUID()],
    )
    await owner.query(`select private.tick(date_trunc('minute', now()))`)
    expect(
      (await owner.query(`select 1 from auth.users where email = 'u0000000000000000@login.invalid'`)).rowCount,
    ).toBe(0)
    expect((await owner.query('select private.nightly(now()) as findings')).rows).toEqual([{ findings: [] }])
    for (const sql of [
      'private.self_check()',
      'private.cluster_place()',
      'private.new_setup_token()',
      'private.new_epoch()',
      'private.deliveries_due(now())',
    ])
      await owner.query(`select ${sql}`)
  })
}

/** Tests of what Auth and Realtime ask the database. */
function platform(scene: Scene): void {
  it('admits only sign-ups with a live invitation, and keeps no code', async () => {
    await expect(scene.project.gotrue.signUp('stranger@example.com', 'Willow-lamp-93')).rejects.toBeInstanceOf(
      HookRefusal,
    )
    await expect(
      scene.project.gotrue.signUp('u0123456789abcdef@login.invalid', 'Willow-lamp-93'),
    ).rejects.toBeInstanceOf(HookRefusal)
    const {
      rows: [login],
    } = await scene.project.owner.query<{ email: string }>('select email from app.login where id = $1', [
      scene.cast.coordinator,
    ])
    await expect(scene.project.gotrue.recover(login!.email)).rejects.toBeInstanceOf(HookRefusal)
    expect(
      (await scene.project.owner.query('select 1 from auth.users where recovery_token is not null')).rowCount,
    ).toBe(0)
    expect((await scene.project.owner.query('select 1 from auth.one_time_tokens')).rowCount).toBe(0)
  })

  it('rings bells, and tells Realtime who may hear them', async () => {
    const { shaped } = scene.project
    const {
      rows: [rung],
    } = await shaped.admin.query<{ n: number; private: boolean }>(
      'select count(*)::int as n, bool_and(private) as private from realtime.messages',
    )
    expect(rung).toMatchObject({ private: true })
    expect(rung!.n).toBeGreaterThan(0)
    const cases: [string | null, string, boolean][] = [
      [scene.cast.cadre, `user:${scene.cast.cadre}`, true],
      [scene.cast.cadre, `org:${scene.cast.community}`, true],
      [scene.cast.cadre, `user:${scene.cast.coordinator}`, false],
      [scene.cast.cadre, `sum:${scene.cast.street}`, false],
      [scene.cast.coordinator, `org:${scene.cast.community}`, true],
      [scene.cast.officer, `sum:${scene.cast.street}`, true],
      [null, `org:${scene.cast.community}`, false],
      [scene.cast.cadre, 'org:x', false],
    ]
    for (const [login, topic, expected] of cases)
      expect(await mayHear(shaped.admin, login, topic), `${login} ${topic}`).toBe(expected)
  })
}

/** Tests of every function as every role, of closing an account, and of warnings. */
function everybody(scene: Scene): void {
  const leaving = ['close_account', 'leave_community']
  it('answers every role in every function of api without a server error', async () => {
    for (const found of scene.project.rest.functions.values()) {
      const args = Object.fromEntries(found.args.map(a => [a.name, valueOf(a.type)]))
      for (const caller of [ANON, as(scene.cast.other), as(randomUUID()), WORKER]) {
        if (caller.sub === scene.cast.other && leaving.includes(found.name)) continue // the next test does
        const { status, body } = await scene.call(caller, found.name, args)
        expect(status, `${found.name} as ${caller.role}: ${JSON.stringify(body)}`).toBeLessThan(500)
      }
    }
  })

  it('deletes a person who leaves and closes the account from auth.users', async () => {
    await scene.project.owner.query(
      `update app.assignment set state = 'released' where state = 'on_post'
        and responder_id = (select id from app.responder where login_id = $1)`,
      [scene.cast.other],
    )
    await scene.applied(as(scene.cast.other), 'leave_community', { p_community_id: scene.cast.community })
    await scene.applied(as(scene.cast.other), 'close_account')
    expect(
      (await scene.project.owner.query('select 1 from auth.users where id = $1', [scene.cast.other])).rowCount,
    ).toBe(0)
  })

  it('raised no warning in any call', () => {
    expect([...new Set(scene.project.rest.warnings)]).toEqual([])
  })
}
