import { describe, expect, it } from 'vitest'
import { isNight } from '#domain/pattern.ts'
import { overlaps, spanOf } from '#domain/span.ts'
import { atShanghai, DAY, HOUR, iso, ms, startOfWeek } from '#domain/time.ts'
import { uuidv7 } from '#domain/uuid.ts'
import { demoPhone, responderRows } from './people.ts'
import { buildingRows, DEMO_POSTS } from './places.ts'
import { planPlaces, planShifts } from './plan.ts'
import { waking } from './reportAges.ts'
import { seededRandom } from './tools.ts'
import { DEMO_OFFICES, DEMO_UNITS } from './units.ts'

const now = atShanghai('2026-11-24', '07:40')
const monday = startOfWeek(now)
const posts = DEMO_POSTS.map((post, i) => ({ id: `p${i}`, post }))
const people = Array.from({ length: 200 }, (_, i) => ({ id: `r${i}`, night: i % 4 !== 0, login: i < 44 }))

function plan(seed: number) {
  const random = seededRandom(seed)
  const newId = () => uuidv7(now, random.bytes(10))
  const shifts = planShifts(posts, monday, monday + 7 * DAY, now, newId)
  return { shifts, places: planPlaces(shifts, people, now, random, newId) }
}

describe('demo plan', () => {
  it('gives people no shift in a span that is kept free', () => {
    const kept_free = spanOf(now, now + 5 * HOUR)
    const random = seededRandom(1)
    const shifts = planShifts(posts, monday, monday + 7 * DAY, now, () => uuidv7(now, random.bytes(10)))
    const few = people.slice(0, 12).map((p, i) => i === 0 ? { ...p, night: true, kept_free } : p)
    const mine = planPlaces(shifts, few, now, random, () => 'a').filter(p => p.responder_id === 'r0')
    expect(mine.length).toBeGreaterThan(0)
    expect(mine.filter(p => overlaps(p.shift, kept_free))).toEqual([])
  })

  it('is the same for the same seed and another for another', () => {
    expect(plan(1)).toEqual(plan(1))
    expect(plan(1).places).not.toEqual(plan(2).places)
  })

  it('plans nobody twice at once, at night against their word or over capacity, and no shift that is over', () => {
    const { shifts, places } = plan(1)
    for (const person of people) {
      const mine = places.filter(p => p.responder_id === person.id)
      for (const [i, a] of mine.entries()) {
        for (const b of mine.slice(i + 1)) expect(overlaps(a.shift, b.shift)).toBe(false)
      }
      if (!person.night) expect(mine.filter(p => isNight(p.shift))).toEqual([])
    }
    for (const shift of shifts) expect(places.filter(p => p.shift === shift).length).toBeLessThanOrEqual(shift.capacity)
    expect(shifts.every(s => ms(s.ends_at) > now)).toBe(true)
  })

  it('leaves some places open within half a day, and most of the week filled', () => {
    const { shifts, places } = plan(20261123)
    const soon = shifts.filter(s => ms(s.starts_at) < now + DAY / 2)
    const open = soon.reduce((n, s) => n + s.capacity, 0) - places.filter(p => soon.includes(p.shift)).length
    expect(open).toBeGreaterThan(2)
    expect(places.length / shifts.reduce((n, s) => n + s.capacity, 0)).toBeGreaterThan(0.85)
  })
})

describe('demo records', () => {
  it('has 61 buildings, 12 posts and 200 people with different names and numbers that nobody can dial', async () => {
    expect(buildingRows()).toHaveLength(61)
    expect(DEMO_POSTS).toHaveLength(12)
    const rows = await responderRows(200, seededRandom(1))
    expect(new Set(rows.map(r => r.name)).size).toBe(200)
    expect(new Set(rows.map(r => r.phone)).size).toBe(200)
    expect(rows.every(r => /^1990000\d{4}$/.test(r.phone) && r.pinyin !== '' && r.initials.length > 1)).toBe(true)
    expect(demoPhone(0)).toBe('19900000001')
    expect(new Set(rows.map(r => r.kind)).size).toBe(5)
    expect(rows.some(r => r.kind === 'new_employment'), 'couriers report in themselves').toBe(false)
  })

  it('has nine units of nine kinds and three offices, with different liaisons and lines nobody can dial', () => {
    expect(new Set(DEMO_UNITS.map(unit => unit.kind)).size).toBe(9)
    expect(DEMO_UNITS).toHaveLength(9)
    expect(DEMO_OFFICES.map(unit => unit.kind)).toEqual(['office', 'office', 'office'])
    const all = [...DEMO_UNITS, ...DEMO_OFFICES]
    expect(new Set(all.map(unit => unit.liaison)).size).toBe(12)
    expect(new Set(all.map(unit => unit.line)).size).toBe(12)
    expect(all.every(unit => /^02500830\d{3}$/.test(unit.line))).toBe(true)
  })
})

describe('when a report came', () => {
  it('is never while people sleep, and keeps the order', () => {
    const at = (day: string, clock: string): string => iso(waking(atShanghai(day, clock)))
    expect(at('2026-11-24', '07:00')).toBe(iso(atShanghai('2026-11-24', '07:00')))
    expect(at('2026-11-24', '21:59')).toBe(iso(atShanghai('2026-11-24', '21:59')))
    expect(at('2026-11-24', '23:30')).toBe(iso(atShanghai('2026-11-24', '22:00')))
    expect(at('2026-11-24', '06:59')).toBe(iso(atShanghai('2026-11-23', '22:00')))
    const hours = Array.from({ length: 96 }, (_, i) => waking(now + i * HOUR / 2))
    expect([...hours].sort((a, b) => a - b)).toEqual(hours)
  })
})
