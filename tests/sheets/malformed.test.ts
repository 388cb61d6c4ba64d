import { describe, expect, it } from 'vitest'
import { CELLS } from './cells.ts'
import { FILES } from './files.ts'
import { HEADS } from './heads.ts'
import { LISTS } from './lists.ts'
import { NEIGHBOURS } from './neighbours.ts'
import { PLACES } from './places.ts'
import { said } from './said.ts'

const ALL = [...FILES, ...LISTS, ...HEADS, ...CELLS, ...PLACES, ...NEIGHBOURS]

describe('sheets as people keep them', () => {
  it('are at least sixty', () => expect(new Set(ALL.map(s => s.name)).size).toBeGreaterThanOrEqual(60))
  it.each(ALL)('$name', async sheet => expect(await said(sheet)).toEqual(sheet.said))
})
