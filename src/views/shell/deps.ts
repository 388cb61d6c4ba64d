import type { InjectionKey } from 'vue'
import type { feedback } from '#actions/account.ts'
import type { SignInOutcome } from '#actions/signIn.ts'
import type { MutationArgs, MutationName } from '#domain/mutations.ts'
import { inject } from 'vue'

/** The connection every online-only action takes first. */
export type Server = Parameters<typeof feedback>[0]
/** An intent as a sign-out lists it. `device_at` = ISO, by the phone's clock, which `offset_ms` corrects. */
export interface UnsentItem { id: string, name: MutationName, device_at: string, offset_ms: number | null }
export type Departure = { status: 'unsent', items: UnsentItem[] } | { status: 'gone' }

/** What main.ts gives to the views; everything that needs more than one room. */
export interface Deps {
  /** null = this phone has never reached the server */
  server: Server | null
  /** the same once the connection is loaded; for pages that paint before it is */
  connected: () => Promise<Server | null>
  features: Record<string, boolean>
  /** the server's public key for notifications; '' = it sends none */
  pushKey: string
  signIn: (name: string, password: string) => Promise<SignInOutcome>
  /** opens the data of a login and starts its sync */
  enter: (login: string) => void
  /** the sign-in page is open: a person whose session has ended leaves this phone, their unsent items sealed to them */
  handOver: () => Promise<void>
  /** ask: stops at unsent items; keep: leaves them here, sealed to the person; delete: gone for good */
  leave: (unsent: 'ask' | 'keep' | 'delete') => Promise<Departure>
  mutate: <N extends MutationName>(name: N, args: MutationArgs[N]) => Promise<string>
  /** a new uuidv7 */
  id: () => string
  /** syncs now */
  kick: () => void
  /** fetches every scope again and replaces what is here as it comes; unsent intents stay */
  refetch: () => Promise<void>
}
export const DEPS: InjectionKey<Deps> = Symbol('deps')

/** What main.ts gave. */
export function useDeps(): Deps {
  const deps = inject(DEPS)
  if (!deps) throw new Error('main.ts gave no deps')
  return deps
}
