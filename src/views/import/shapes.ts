import type { Sources } from '#io/sources.ts'

const KEY = 'redwhistle-import-shapes'
const MOST = 40
type Kept = [shape: string, sources: Sources][]

function kept(): Kept {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(found) ? found as Kept : []
  }
  catch {
    return []
  }
}

/** Where the fields of a file of this shape came from the last time on this device; null if it is a new one. */
export function recallShape(shape: string): Sources | null {
  return kept().find(([known]) => known === shape)?.[1] ?? null
}

/** Keeps on this device what somebody chose for files of this shape; empty choices forget it. */
export function keepShape(shape: string, sources: Sources): void {
  const others = kept().filter(([known]) => known !== shape)
  const all: Kept = Object.keys(sources).length > 0 ? [[shape, sources], ...others] : others
  try {
    localStorage.setItem(KEY, JSON.stringify(all.slice(0, MOST)))
  }
  catch {
    // a full or closed storage: the file is imported all the same, only the next one is asked again
  }
}
