import type { Mode } from '#domain/rows.ts'
import { afterEach, expect, it } from 'vitest'
import { en } from '#i18n/en/index.ts'
import { clock } from '../../tests/clock.ts'
import { htmlOf, seenIn } from '../../tests/fakes/seen.ts'
import { i18n } from '../../tests/fakes/words.ts'
import ModeStrip from './ModeStrip.vue'

const MODE = {
  id: 'm', org_unit_name: '梧桐苑', level: 'estate', ground: '寒潮', document_no: '1号', opened_by_name: '陈立群',
} as Mode
/** What the strip of 梧桐里社区 says. */
async function strip(props: object): Promise<string> {
  const [now, expires_at] = [clock.now(), clock.stamp(3_600_000)]
  const modes = (list: Mode[]): Mode[] => list.map(m => ({ ...m, expires_at }))
  const { mode = null, others = [] } = props as { mode?: Mode | null, others?: Mode[] }
  const here = mode && { ...mode, expires_at }
  const all = { place: '梧桐里社区', now, ...props, mode: here, others: modes(others) }
  return seenIn(await htmlOf(ModeStrip, all))
}
afterEach(() => { i18n.global.locale.value = 'zh-CN' })

it('a drill beside an estate in 应急 hides neither the emergency nor that the rest is calm', async () => {
  const said = await strip({ others: [MODE], drill: true })
  for (const words of ['梧桐苑应急响应中 · 寒潮', '演练', '梧桐里社区其余平时']) expect(said).toContain(words)
  expect(await strip({ others: [MODE] })).not.toContain('演练')
})

it('a drill in an emergency is named beside it', async () => {
  const said = await strip({ mode: { ...MODE, level: 'community' }, drill: true })
  for (const words of ['应急响应中 · 寒潮', '演练', '陈立群']) expect(said).toContain(words)
  expect(said).not.toContain('平时')
})

it('an officer whose street is in 应急 is led to manage it, not to open it once more', async () => {
  const officer = { place: null, manage: '/mode' }
  const street = await strip({ ...officer, others: [{ ...MODE, level: 'street' }] })
  expect(street).toContain('管理应急')
  expect(street).not.toContain('开启应急')
  expect(await strip({ ...officer, others: [{ ...MODE, level: 'community' }] })).toContain('开启应急')
})

it('who has closed their account is said in the language of the screen', async () => {
  const gone = { ...MODE, opened_by_name: '已注销' }
  expect(await strip({ mode: gone })).toContain('已注销人员')
  i18n.global.setLocaleMessage('en', en)
  i18n.global.locale.value = 'en'
  const said = await strip({ mode: gone })
  expect(said).toContain('a former member')
  expect(said).not.toContain('已注销')
})
