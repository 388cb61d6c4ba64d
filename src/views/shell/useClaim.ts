import { claimed } from '#queries/claimed.ts'
import { useDb } from '#queries/useDb.ts'

/** Shifts whose claim is being written right now, on any screen of this tab. */
const writing = new Set<string>()

/** Writes a claim on a shift unless this phone has made it already: two taps are one answer. Answers what `write` answers, or null. */
export function useClaim(): (shiftId: string, write: () => Promise<string | null>) => Promise<string | null> {
  const db = useDb()
  return async (shiftId, write) => {
    if (writing.has(shiftId)) return null
    writing.add(shiftId)
    try {
      return await claimed(db, shiftId) ? null : await write()
    }
    finally {
      writing.delete(shiftId)
    }
  }
}
