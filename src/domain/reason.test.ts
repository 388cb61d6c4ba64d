import { expect, it } from 'vitest'
import { saysSomething } from './reason.ts'

it('takes words in either script for a reason', () => {
  for (const text of ['交接', '找人', 'ok', '换岗没到 3', ' 接 班 ', 'a1b2', 'Éa']) expect(saysSomething(text), text).toBe(true)
})
it('takes nothing else', () => {
  for (const text of ['', '   ', '　　', '12345', '……', '?!', '接', 'a', '1a2', '。，、；', '١٢٣'])
    expect(saysSomething(text), text).toBe(false)
})
