import { expect, it } from 'vitest'
import { clock } from '../../../tests/clock.ts'
import { htmlOf, seenIn } from '../../../tests/fakes/seen.ts'
import CalloutFrame from './CalloutFrame.vue'
import NearList from './NearList.vue'

const hour = (n: number): string => clock.stamp(n * 3_600_000)

it('says of a place in a drill that it is one, and of no other', async () => {
  const place = (id: string, drill: boolean): object => ({
    shift: { id, starts_at: hour(1), ends_at: hour(3) },
    distance: 1,
    free: 2,
    drill,
    place_name: '梧桐苑',
    post_name: '北门大门岗',
  })
  const said = (near: object[]): Promise<string> =>
    htmlOf(NearList, { near, title: '最近的三处空岗', now: clock.now(), onTake: () => {} }).then(seenIn)
  expect(await said([place('a', false), place('b', true)])).toMatch(/^(?:(?!演练).)*北门大门岗.*演练/)
  expect(await said([place('a', false)])).not.toContain('演练')
})

it('the end of the emergency is not read as the end of the call-out', async () => {
  const offer = {
    callout_kind: 'real', ground: null, document_no: null, opened_by_name: '陈立秋', place_name: '梧桐苑 3栋',
    post_name: '单元门岗', sent_at: hour(0), starts_at: hour(1), ends_at: hour(3),
  }
  const said = seenIn(await htmlOf(CalloutFrame, { offer, now: clock.now(), expires: hour(24) }))
  expect(said).toMatch(/陈立秋 发起 · 应急 \S+ \S+ \S+ 到期/)
})
