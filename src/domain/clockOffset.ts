import type { Instant } from './time.ts'
import { iso, MINUTE, ms } from './time.ts'

/** Server clock minus phone clock in ms, and the phone's clock (ms) when it was measured. */
export interface ClockOffset { ms: number, at: number }

/** A phone's clock that is further off than this shows wrong times of day, and its person is told. */
const TOLERATED_MS = 2 * MINUTE
/** An answer that took longer says too little about the moment it was made. */
const LONGEST_JOURNEY_MS = 10_000

/**
 * Measures the phone's clock by one answer; half of the journey is taken off. Null when the journey took more than
 * 10 s, or the phone's clock was set back meanwhile.
 * @param server the server's clock when it answered
 * @param sent the phone's clock when it asked, ms
 * @param got the phone's clock when the answer came, ms
 */
export function measure(server: Instant, sent: number, got: number): ClockOffset | null {
  return got - sent > LONGEST_JOURNEY_MS || got < sent
    ? null
    : { ms: Math.round(ms(server) - (sent + got) / 2), at: got }
}

/**
 * Age of a measurement in whole seconds; null when there is none, or when the phone's clock was set back since, which
 * makes it worthless.
 */
export function ageOf(offset: ClockOffset | null, phone: number): number | null {
  return offset && phone >= offset.at ? Math.floor((phone - offset.at) / 1000) : null
}

/** The server's time in ms, as far as the phone can know it: its own clock where that was never measured. */
export function corrected(phone: number, offset: ClockOffset | null): number {
  return ageOf(offset, phone) === null ? phone : phone + offset!.ms
}

/** When a queued intent was tapped, by the server's clock as the phone knew it then; ISO. */
export function tappedAt({ device_at, offset_ms }: { device_at: string, offset_ms: number | null }): string {
  return iso(ms(device_at) + (offset_ms ?? 0))
}

/** right: within two minutes. unknown: never measured, or set back since. Else how far the phone is ahead, in ms. */
export type ClockError = 'right' | 'unknown' | { ahead: number }

/** What is to be said of the phone's clock. */
export function clockError(offset: ClockOffset | null, phone: number): ClockError {
  if (ageOf(offset, phone) === null) return 'unknown'
  return Math.abs(offset!.ms) > TOLERATED_MS ? { ahead: -offset!.ms } : 'right'
}
