import type { TimeWords } from '#domain/timeText.ts'
import { momentText } from '#domain/timeText.ts'

/** One duty that is given back, in words. */
export interface ReleasedLine { key: string, text: string }

/** Duty that is given back: when, where, and whose where that is not clear. */
export function releasedLines(
  duty: readonly { starts_at: string, place_name: string, name?: string | undefined }[], now: number, words: TimeWords,
): ReleasedLine[] {
  return duty.map((d, i) => ({
    key: `${i} ${d.starts_at}`,
    text: [momentText(d.starts_at, now, words), d.place_name, d.name].filter(Boolean).join(' · '),
  }))
}
