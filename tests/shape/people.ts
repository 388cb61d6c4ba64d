import type { Scene } from './scene.ts'
import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { clock } from '../clock.ts'
import { ANON, as, pullAll } from './scene.ts'

/** Tests of visitors and people signed in, through the Data API. */
export function people(scene: Scene): void {
  it('lets visitors read what is public', async () => {
    const board = { p_code: scene.demo.resident_code }
    expect(await scene.call(ANON, 'who_am_i')).toMatchObject({ status: 200, body: { db_role: 'anon', login: null } })
    expect(await scene.call(ANON, 'duty_board', board, 'GET')).toMatchObject({ status: 200, body: { found: true } })
    expect(await scene.call(ANON, 'duty_board', board)).toMatchObject({ status: 200, body: { found: true } })
    expect(await scene.call(ANON, 'duty_board', { ...board, z: '1' }, 'GET')).toMatchObject({ status: 404 })
    expect(await scene.call(ANON, 'sign_in_name', { p_name: 'coordinator' })).toMatchObject({
      status: 200,
      body: { email: expect.stringMatching(/@login\.invalid$/) as string },
    })
    await scene.applied(ANON, 'feedback', { p_text: '灯坏了', p_page: '/b', p_door_code: scene.demo.resident_code })
    await scene.applied(ANON, 'request_help', {
      p_code: scene.demo.resident_code,
      p_text: '需要一把伞',
      p_contact: null,
    })
  })

  it('lets every person signed in pull all their pages', async () => {
    for (const who of ['admin', 'coordinator', 'officer', 'cadre'] as const)
      expect(await pullAll(scene, scene.cast[who]), who).toBeGreaterThan(0)
  })

  it('takes a tap, refuses the phone of another person, and makes a phone that pushes too much wait', async () => {
    const client = randomUUID()
    const mut = {
      seq: 1,
      id: randomUUID(),
      name: 'set_consent',
      v: 1,
      args: { purpose: 'public_display', given: true },
      base: {},
      device_at: clock.stamp(),
      offset_ms: 0,
      offset_age_s: 0,
    }
    const push = (p_muts: unknown[]): Record<string, unknown> => ({ p_client: client, p_schema: 2, p_muts })
    expect(await scene.call(as(scene.cast.cadre), 'push', push([mut]))).toMatchObject({
      status: 200,
      body: { lmid: 1, results: [{ status: 'applied' }] },
    })
    expect(await scene.call(as(scene.cast.officer), 'push', push([]))).toMatchObject({ status: 403 })
    expect(await scene.call(ANON, 'push', push([]))).toMatchObject({ status: 401 })
    let last = await scene.call(as(scene.cast.cadre), 'push', push([]))
    for (let i = 0; i < 400 && last.status === 200; i++)
      last = await scene.call(as(scene.cast.cadre), 'push', push([]))
    expect(last).toMatchObject({ status: 429, headers: { 'Retry-After': expect.stringMatching(/^\d+$/) as string } })
  })
}

/** Tests of what coordinators do online only. */
export function coordinators(scene: Scene): void {
  it('lets a coordinator do what needs the network', async () => {
    const by = as(scene.cast.coordinator)
    const {
      rows: [callout],
    } = await scene.project.owner.query<{ id: string }>('select id from app.callout limit 1')
    await scene.applied(by, 'callout_report', { p_callout: callout?.id })
    await scene.applied(by, 'import_batches', { p_community_id: scene.cast.community })
    await scene.applied(by, 'set_duty_line', { p_org_unit_id: scene.cast.community, p_line: '025-12345678' })
    const webhook = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=00000000-0000'
    const { robot } = await scene.applied(by, 'set_robot', {
      p_community_id: scene.cast.community,
      p_kind: 'wecom',
      p_webhook: webhook,
    })
    await scene.applied(by, 'test_robot', { p_robot_id: (robot as { id: string }).id })
    const day = { day: '2027-01-01', kind: 'rest', name: '元旦' }
    await scene.applied(as(scene.cast.admin), 'save_holidays', { p_year: 2027, p_days: [day] })
    await scene.applied(as(scene.cast.admin), 'holidays', { p_year: 2027 })
    await scene.applied(as(scene.cast.admin), 'appoint', {
      p_org_unit_id: scene.cast.community,
      p_role: 'coordinator',
      p_name: '某某',
    })
  })

  it('changes the password in auth.users at a reset, and ends every session', async () => {
    const {
      rows: [responder],
    } = await scene.project.owner.query<{ id: string }>('select id from app.responder where login_id = $1', [
      scene.cast.cadre,
    ])
    const { token } = await scene.applied(as(scene.cast.coordinator), 'issue_reset', {
      p_responder_id: responder?.id,
    })
    expect(await scene.project.gotrue.sessionsOf(scene.cast.cadre)).toBeGreaterThan(0)
    const { email } = await scene.applied(ANON, 'reset_password', { p_token: token, p_password: 'Willow-lamp-92' })
    expect(await scene.project.gotrue.knows(String(email), 'Willow-lamp-92')).toBe(true)
    expect(await scene.project.gotrue.sessionsOf(scene.cast.cadre)).toBe(0)
    // a phone that was signed in is refused at its next call, and has to sign in again
    expect(await scene.call(as(scene.cast.cadre), 'robots', { p_community_id: scene.cast.community })).toMatchObject({
      status: 403,
    })
    await scene.project.gotrue.signIn(scene.cast.cadre)
  })
}
