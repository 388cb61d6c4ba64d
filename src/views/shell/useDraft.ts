import type { Ref } from 'vue'
import { inject, onScopeDispose, ref, watch } from 'vue'
import { serverNow } from '#clock/clock.ts'
import { keepDraft, readDraft } from '#queries/draftRows.ts'
import { DB } from '#queries/live.ts'

/** How long after a key what is typed is on the disk, ms; sooner when the page is left. */
export const TYPING = 250

export interface Draft {
  /** what was kept for this place is in the fields */
  opened: Readonly<Ref<boolean>>
  /** it is sent: nothing of it stays */
  forget: () => Promise<void>
}

/**
 * Keeps what a person types on this phone until it is sent: through a reload, a killed page, and the end of their
 * session. It lies in the person's own database, so nobody else who uses the phone sees it; signing out deletes it.
 * A field that was changed before the kept text was read keeps the change. Nothing is kept while nobody is signed in.
 * @param place where it is typed and about what (`cancel:<shift>`); fields start again at another place; null = nowhere
 * @param fields what is kept, each with a value that JSON can hold; what they hold now is what they hold when empty
 */
export function useDraft(place: () => string | null, fields: Record<string, Ref<unknown>>): Draft {
  const db = inject(DB)?.value
  const empty = copyOf(fields)
  let at: string | null = null
  /** where it was typed last; a form that was sent may be closed already when it is forgotten */
  let last: string | null = null
  const opened = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  /** what the fields held when they were last read or written */
  let known = JSON.stringify(empty)

  function put(value: Record<string, unknown>): void {
    for (const [key, field] of Object.entries(fields)) {
      if (key in value) field.value = structuredClone(value[key])
    }
  }
  async function open(next: string | null): Promise<void> {
    at = next
    last = next ?? last
    opened.value = false
    put(empty)
    known = JSON.stringify(empty)
    const kept = next !== null && db ? await readDraft(db, next) : undefined
    if (at !== next) return
    // somebody types faster than the disk answers
    if (kept !== undefined && JSON.stringify(copyOf(fields)) === known) {
      put(kept as Record<string, unknown>)
      known = JSON.stringify(copyOf(fields))
    }
    opened.value = true
  }
  async function save(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const now = copyOf(fields)
    const text = JSON.stringify(now)
    if (at === null || !db || text === known) return
    known = text
    await keepDraft(db, at, text === JSON.stringify(empty) ? null : now, serverNow())
  }

  watch(place, (next) => {
    // what was typed is taken before the fields are emptied
    void save()
    void open(next)
  }, { immediate: true })
  watch(() => JSON.stringify(copyOf(fields)), () => {
    clearTimeout(timer)
    timer = setTimeout(() => void save(), TYPING)
  })
  whenLeft(() => void save())
  return {
    opened,
    async forget() {
      clearTimeout(timer)
      timer = undefined
      put(empty)
      known = JSON.stringify(empty)
      if (last !== null && db) await keepDraft(db, last, null, serverNow())
    },
  }
}

/** Calls `work` when the page goes into the background, and when the part that asks goes off the screen. */
export function whenLeft(work: () => void): void {
  document.addEventListener('visibilitychange', work)
  onScopeDispose(() => {
    work()
    document.removeEventListener('visibilitychange', work)
  })
}

function copyOf(fields: Record<string, Ref<unknown>>): Record<string, unknown> {
  return JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(fields).map(([k, f]) => [k, f.value])))) as
    Record<string, unknown>
}
