import type { SupabaseClient } from '@supabase/supabase-js'
import type * as v from 'valibot'
import type { ArgsOf, FunctionName } from '#gateway/wire.ts'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { createClient } from '@supabase/supabase-js'
import { FOUND, readAnswer } from '#gateway/wire.ts'

/** A failure that the person at the keyboard can put right; the message says how. */
export class ImportFailure extends Error {}

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

/** Asks for a password without showing it. Throws ImportFailure if there is no terminal. */
export async function askPassword(name: string): Promise<string> {
  if (!process.stdin.isTTY) throw new ImportFailure('Set REDWHISTLE_PASSWORD, or run this in a terminal to be asked.')
  process.stderr.write(`Password of ${name}: `)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const line = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await new Promise<string>(resolve => line.question('', resolve))
  }
  finally {
    line.close()
    process.stderr.write('\n')
  }
}
