import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { clearKeys } from '#sync/traces.ts'
import { fakeStorage } from '../../../tests/fakes/storage.ts'
import { keepShape, recallShape } from '../import/shapes.ts'
import { keepQuotas, recallQuotas } from '../roster/auto/quotaMemory.ts'
import { keepPlaces, recallPlaces } from '../roster/sheet/placeMemory.ts'
import { keepOwn, recallOwn } from './ownMemory.ts'

const [ann, bo] = [randomUUID(), randomUUID()]
const SOURCES = { skills: { from: 'column', column: '会什么' } } as const
beforeEach(() => void vi.stubGlobal('localStorage', fakeStorage()))
afterEach(() => vi.unstubAllGlobals())

/** Everything a coordinator's screens remember. */
function tell(login: string): void {
  keepPlaces(login, 'c', { 东门: 'post' })
  keepQuotas(login, 'c', [{ unit: '财政局', least: 3 }])
  keepShape(login, 'responder|会什么', SOURCES)
}
const known = (login: string | null): unknown[] => [
  recallPlaces(login, 'c', ['东门', '西门']), recallQuotas(login, 'c'), recallShape(login, 'responder|会什么'),
]
const NOTHING = [{}, [], null]

it('remembers for the person who said it, and for nobody else', () => {
  tell(ann)
  expect(known(ann)).toEqual([{ 东门: 'post' }, [{ unit: '财政局', least: 3 }], SOURCES])
  expect([known(bo), known(null)]).toEqual([NOTHING, NOTHING])
  expect(Object.keys(localStorage).filter(key => !key.includes(ann))).toEqual([])
})

it('forgets when the person leaves the phone, and while somebody else uses it', () => {
  tell(ann)
  tell(bo)
  clearKeys(bo)
  expect([known(ann), known(bo)[0]]).toEqual([NOTHING, { 东门: 'post' }])
  clearKeys(null)
  expect(Object.keys(localStorage)).toEqual([])
})

it('removes what earlier builds kept for everybody', () => {
  localStorage.setItem('redwhistle-roster-places', '{"c":{"东门王建国":"post"}}')
  clearKeys(ann)
  expect(Object.keys(localStorage)).toEqual([])
})

it('remembers no phone number, and still knows the words that held one', () => {
  keepPlaces(ann, 'c', { '东门 王建国13800138000': 'post' })
  keepShape(ann, 'responder|王建国 13800138000', SOURCES)
  expect(JSON.stringify({ ...localStorage })).not.toContain('13800138000')
  expect(recallPlaces(ann, 'c', ['东门 王建国13800138000'])).toEqual({ '东门 王建国13800138000': 'post' })
  expect(recallShape(ann, 'responder|王建国 13800138000')).toEqual(SOURCES)
})

it('keeps the newest two hundred places', () => {
  for (let i = 0; i <= 200; i++) keepPlaces(ann, 'c', { [`门岗${i}`]: 'post' })
  expect(recallPlaces(ann, 'c', ['门岗0', '门岗1', '门岗200'])).toEqual({ 门岗1: 'post', 门岗200: 'post' })
})

it('forgets a shape whose choices are taken back', () => {
  tell(ann)
  keepShape(ann, 'responder|会什么', {})
  expect(recallShape(ann, 'responder|会什么')).toBeNull()
})

it('asks again where what was kept cannot be read, or the storage is closed', () => {
  for (const what of ['roster-places', 'roster-quotas', 'import-shapes']) {
    for (const text of ['{', 'null', '7']) {
      localStorage.setItem(`redwhistle-${what}-${ann}`, text)
      expect(known(ann), text).toEqual(NOTHING)
    }
  }
  const closed = (): never => { throw new Error('closed') }
  vi.stubGlobal('localStorage', { getItem: closed, setItem: closed })
  keepOwn(ann, 'roster-places', {})
  expect(recallOwn(ann, 'roster-places')).toBeNull()
})
