import type { SupabaseClient } from '@supabase/supabase-js'
import type * as v from 'valibot'
import type { ArgsOf, FunctionName } from '#gateway/wire.ts'
import { createClient } from '@supabase/supabase-js'
import { FOUND, readAnswer } from '#gateway/wire.ts'
import { ImportFailure } from './failure.ts'

export type Client = SupabaseClient

interface Config { backend_url?: string, publishable_key: string }

async function readConfig(url: string): Promise<Config> {
  const answer = await fetch(`${url}/config.json`).catch(() => null)
  if (!answer?.ok)
    throw new ImportFailure(`Nothing answers at ${url}. Start the server, or give its address with --url.`)
  return await answer.json() as Config
}

/** Calls a function of schema `api`. Throws ImportFailure if the server does not answer with data of this shape. */
export async function call<N extends FunctionName, T>(
  client: Client, name: N, args: ArgsOf<N>, shape: v.GenericSchema<unknown, T>,
): Promise<T> {
  const { data, error } = await client.schema('api').rpc(name, args)
  if (error?.code === '42501') throw new ImportFailure('This login may not do that, or its session has ended.')
  if (error) throw new ImportFailure(`The server answered: ${error.message}`)
  const found = readAnswer(shape, data)
  if (found.ok) return found.data
  const what = `The server's answer to ${name} cannot be read, at ${found.field}`
  throw new ImportFailure(`${what}. Use a checkout of the release that the server runs.`)
}

/** Signs in by sign-in name, as the app does. Throws ImportFailure for a wrong name or password, or too many tries. */
export async function signIn(url: string, name: string, password: string): Promise<Client> {
  const config = await readConfig(url)
  const client = createClient((config.backend_url || url).replace(/\/+$/, ''), config.publishable_key, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  const found = await call(client, 'sign_in_name', { p_name: name }, FOUND)
  if (!('email' in found)) throw new ImportFailure('Too many tries. Wait a minute.')
  const { error } = await client.auth.signInWithPassword({ email: found.email, password })
  if (error) throw new ImportFailure('The sign-in name or the password is wrong.')
  return client
}
