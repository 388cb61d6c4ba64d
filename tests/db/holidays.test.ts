import type { PGlite } from '@electric-sql/pglite'
import type { HolidayDay } from '#domain/holidayDays.ts'
import published from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { afterAll, beforeAll, expect, it } from 'vitest'
import { holidayTable } from '#domain/restDays.ts'
import { bootPglite } from './pglite.ts'

let db: PGlite
beforeAll(async () => { db = await bootPglite() })
afterAll(async () => db?.close())

it('the calendar that the app brings is the one that was announced', async () => {
  const { rows } = await db.query<HolidayDay>('select day::text, kind, name from app.holiday')
  const { holidays, workdays } = holidayTable(rows)
  const brought = (days: object): string[] => Object.keys(days).filter(d => d >= '2025').sort()
  expect(brought(holidays)).toEqual(brought(published.holidays))
  expect(brought(workdays)).toEqual(brought(published.workdays))
})
