import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

const src = path.resolve(import.meta.dirname, '../../src')
/** Boxes that scroll by themselves and hold what keys reach in any case: fields, cells, links; or that are the page. */
const REACHED = [
  'components/roster/FillForm.vue', // a box to tick for each post
  'views/roster/TeamSheet.vue', // a box to tick for each person
  'components/roster/PersonPicker.vue', // a list that the field above it moves through
  'components/roster/matrix.css', // cells
  'styles/kit/float.css', // sheets: the focus is in them
  'styles/kit/page.css', // the rail: links
  'components/SubViews.vue', // links
  'views/ledger/ledger.css', // the printed page on a small screen
]

it('a box of words that scrolls by itself has v-scrolls, so that keys can move it', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(f => /\.(?:css|vue)$/.test(f))
  const scrolling = files.filter(f =>
    /overflow(?:-[xy]|-block|-inline)?:[^;]*\b(?:auto|scroll)\b/.test(readFileSync(path.join(src, f), 'utf8')))
  const lacking = scrolling.filter(f =>
    !REACHED.includes(f) && !readFileSync(path.join(src, f), 'utf8').includes('v-scrolls'))
  expect(lacking).toEqual([])
  expect(REACHED.filter(f => !scrolling.includes(f)), 'these scroll no more: take them out').toEqual([])
})
