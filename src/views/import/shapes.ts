import type { Sources } from '#io/sources.ts'
import { stripNumbers } from '#domain/stripNumbers.ts'
import { keepOwn, recallOwn } from '../shell/ownMemory.ts'

const WHAT = 'import-shapes'
const MOST = 40
type Kept = [shape: string, sources: Sources][]

function kept(login: string | null): Kept {
  const found = recallOwn(login, WHAT)
  return Array.isArray(found) ? found as Kept : []
}

/** Where the fields of a file of this shape came from, the last time this person brought one in; null = a new one. */
export function recallShape(login: string | null, shape: string): Sources | null {
  const words = stripNumbers(shape)
  return kept(login).find(([known]) => known === words)?.[1] ?? null
}

/** Keeps what this person chose for files of this shape; empty choices forget it. */
export function keepShape(login: string | null, shape: string, sources: Sources): void {
  const words = stripNumbers(shape)
  const others = kept(login).filter(([known]) => known !== words)
  const all: Kept = Object.keys(sources).length > 0 ? [[words, sources], ...others] : others
  keepOwn(login, WHAT, all.slice(0, MOST))
}
