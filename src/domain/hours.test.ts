import type { Turn } from './hours.ts'
import { describe, expect, it } from 'vitest'
import { hoursServed, overtimeMinutes } from './hours.ts'
import { HOUR, iso, ms } from './time.ts'

const now = ms('2026-11-23T12:00:00Z')
const at = (h: number) => iso(now + h * HOUR)
const turn = (
  from: number,
  to: number,
  state: Turn['state'],
  on: number | null = null,
  off: number | null = null,
): Turn => ({
  starts_at: at(from),
  ends_at: at(to),
  state,
  on_post_at: on === null ? null : at(on),
  off_post_at: off === null ? null : at(off),
})

describe('hours served in the last 24 h', () => {
  it.each<[string, Turn[], number]>([
    ['nothing', [], 0],
    ['the time really stayed', [turn(-6, -3, 'done', -5.5, -2)], 3.5],
    ['still on post, past the end', [turn(-4, -1, 'on_post', -4)], 4],
    ['planned time without check-in', [turn(-6, -3, 'done')], 3],
    ['an accepted shift that runs counts up to now', [turn(-1, 2, 'accepted')], 1],
    ['only the part inside the window', [turn(-26, -22, 'done', -26, -22)], 2],
    ['future shifts are not served', [turn(1, 4, 'accepted')], 0],
    ['who was not there served nothing', [
      turn(-6, -3, 'not_arrived'),
      turn(-6, -3, 'withdrawn'),
      turn(-6, -3, 'released'),
    ], 0],
    ['overlapping records are counted once', [turn(-6, -3, 'done', -6, -3), turn(-4, -2, 'relieved', -4, -2)], 4],
  ])('%s', (_name, turns, hours) => expect(hoursServed(turns, now)).toBeCloseTo(hours))
})

describe('overtime in the last 24 h', () => {
  it.each<[string, Turn[], number]>([
    ['none before the end', [turn(-2, 1, 'on_post', -2)], 0],
    ['a stayer still there', [turn(-4, -0.2, 'on_post', -4)], 12],
    ['a stayer relieved late', [turn(-6, -3, 'relieved', -6, -2.5)], 30],
    ['none without check-ins', [turn(-6, -3, 'done')], 0],
    ['none for who left early or never came', [turn(-6, -3, 'done', -6, -4), turn(-6, -3, 'not_arrived')], 0],
    ['only what lies in the window', [turn(-30, -25, 'done', -30, -23.5)], 30],
  ])('%s', (_name, turns, over) => expect(overtimeMinutes(turns, now)).toBe(over))
})
