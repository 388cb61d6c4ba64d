import { expect, it } from 'vitest'
import { atShanghai, HOUR, iso } from '#domain/time.ts'
import { htmlOf, seenIn } from '../../../tests/fakes/seen.ts'
import PostHead from './PostHead.vue'

const FROM = atShanghai('2026-11-23', '23:00')

it.each([
  [1, '23:00 24:00'],
  [3, '23:00 次日 02:00'],
])('the bar of a night shift of %s h ends on the day that it ends', async (hours, ends) => {
  const card = {
    place_name: '梧桐苑 1栋', post_name: '单元门岗', state: 'on_post', on_post_at: iso(FROM),
    starts_at: iso(FROM), ends_at: iso(FROM + hours * HOUR),
  }
  const html = await htmlOf(PostHead, { card, pill: undefined, now: FROM + HOUR / 2 })
  expect(seenIn(/<p class="ends".*?<\/p>/.exec(html)![0])).toBe(ends)
})
