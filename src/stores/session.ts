import { defineStore } from 'pinia'
import { reactive, ref, watch } from 'vue'
import { ownerOfPhone } from '#gateway/session.ts'

export type Locale = 'zh-CN' | 'en'
export type Theme = 'system' | 'light' | 'dark'
/** What this person chose on this phone. `elder` = 大字版, with its step from 1 to 1.36. */
export interface Preferences extends OfPerson {
  locale: Locale, elder: boolean, elder_step: number, theme: Theme
}
/** The part that says something of the person; it ends when they leave the phone. */
interface OfPerson {
  community_id: string | null
  /** the units an admin chose down to the community they set up */
  setup_path: string[]
  /** does this person start at another page than 我的班? As far as this phone knew them last */
  leads: boolean
}

const KEY = 'redwhistle-preferences'
/**
 * When the database of this phone's person was made, ms, as far as they were told. It is kept apart from that database,
 * to notice when the browser deleted it and it was made again.
 */
const BORN_KEY = 'redwhistle-born'
const NOBODY = (): OfPerson => ({ community_id: null, setup_path: [], leads: false })
const FIRST: Preferences = { ...NOBODY(), locale: 'zh-CN', elder: false, elder_step: 1, theme: 'system' }

function stored(): Preferences {
  try {
    return { ...FIRST, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences> }
  }
  catch {
    return { ...FIRST }
  }
}

/** Who uses this phone, and how it looks to them. Rows of tables never stand here. */
export const useSessionStore = defineStore('session', () => {
  /** login id of the person this phone belongs to; null before sign-in. Read from the disk: no network. */
  const login = ref(ownerOfPhone())
  /** the server took the token back: data and queue stay, sending waits for a sign-in */
  const signedOut = ref(false)
  /** an older page of this app keeps this phone's data from being opened */
  const blocked = ref(false)
  const preferences = reactive(stored())
  const born = ref(Number(localStorage.getItem(BORN_KEY)) || null)
  watch(
    born,
    value => value === null ? localStorage.removeItem(BORN_KEY) : localStorage.setItem(BORN_KEY, String(value)),
  )
  watch(preferences, value => localStorage.setItem(KEY, JSON.stringify(value)))

  function signedIn(id: string): void {
    if (id !== login.value) left()
    login.value = id
    signedOut.value = false
  }
  function left(): void {
    login.value = null
    born.value = null
    Object.assign(preferences, NOBODY())
  }
  return { login, signedOut, blocked, born, preferences, signedIn, left }
})
