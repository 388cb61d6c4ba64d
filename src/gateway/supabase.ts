import type { AuthClient, SupabaseClient } from '@supabase/supabase-js'
import type { Renewal } from './renewal.ts'
import type { FunctionName } from './wire.ts'

/** supabase-js without its sign-in: it asks for the token to send. */
export type Backend = Omit<SupabaseClient<never, 'api', 'api'>, 'auth'>
export type SignIns = InstanceType<typeof AuthClient>
/** The way to one backend. `url` has no slash at its end. */
export interface Wire {
  client: Backend
  url: string
  key: string
  /** hears the raw answers of one function, or of `sign_in`: supabase-js does not hand headers on */
  onAnswer: (name: string, hear: (answer: Response) => void) => void
  /** hears that the answer of a function could not be read, and where (`readAnswer`) */
  unreadable: (name: FunctionName, field: string) => void
}
/** The way to one backend, and who is signed in there. */
export interface Connection extends Wire { auth: SignIns, renewal: Renewal }
