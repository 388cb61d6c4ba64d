import type { Db } from '../../supabase/local/database/db.ts'
import type { DemoReport } from '../../supabase/local/demo/tools.ts'
import type { ShapedCluster, ShapeOptions } from './cluster.ts'
import pg from 'pg'
import { seedDemo } from '../../supabase/local/demo/seed.ts'
import { clock } from '../clock.ts'
import { dbPush } from './cli.ts'
import { startShaped, withPolicyGrants } from './cluster.ts'
import { Gotrue } from './gotrue.ts'
import { Rest } from './rest.ts'

/** A shaped cluster with this project pushed into it, and its clients. */
export interface Project {
  shaped: ShapedCluster
  /** `postgres`: owns the pushed schema, runs the jobs, is no superuser. */
  owner: pg.Pool
  rest: Rest
  gotrue: Gotrue
  /** What `supabase db push` printed. */
  pushed: string
  stop: () => Promise<void>
}

export interface ProjectOptions extends ShapeOptions {
  /** false: a Postgres whose owner may create no policy on realtime.messages. */
  grants?: boolean
}

/** Starts a cluster and pushes the migrations as `postgres` with the npm CLI. Throws its output on failure. */
export async function startProject(options: ProjectOptions): Promise<Project> {
  const shaped = await startShaped(options)
  try {
    const push = async (): Promise<string> => {
      const { code, out } = await dbPush(shaped.url('postgres'))
      if (code !== 0) throw new Error(`supabase db push ended with ${code}: ${out}`)
      return out
    }
    const pushed =
      options.grants === false || options.realtime === false ? await push() : await withPolicyGrants(shaped, push)
    const owner = new pg.Pool({ connectionString: shaped.url('postgres'), max: 3 })
    owner.on('error', () => undefined)
    const gotrue = new Gotrue(shaped.url('supabase_auth_admin'), shaped.admin)
    const rest = await Rest.open(shaped.url('authenticator'), async login => gotrue.sessionOf(login))
    const stop = async (): Promise<void> => {
      await Promise.all([owner.end(), rest.close(), gotrue.close()])
      await shaped.stop()
    }
    return { shaped, owner, rest, gotrue, pushed, stop }
  }
  catch (error) {
    await shaped.stop()
    throw error
  }
}

/** Redeems a new setup link under a sign-in name, and answers the login: an admin. */
export async function firstAdmin({ owner, rest, gotrue }: Project, name: string): Promise<string> {
  const {
    rows: [made],
  } = await owner.query<{ token: string }>('select private.new_setup_token() as token')
  const { body } = await rest.call({ role: 'anon' }, 'invitation', { p_token: made?.token })
  const login = await gotrue.signUp((body as { email: string }).email, 'Lamp-post-shape-9')
  const redeemed = await rest.call({ role: 'authenticated', sub: login }, 'redeem_invitation', {
    p_token: made?.token,
    p_sign_in_name: name,
  })
  if ((redeemed.body as { status?: string }).status !== 'applied')
    throw new Error(`the setup link was refused: ${JSON.stringify(redeemed)}`)
  return login
}

/** Seeds the demonstration as a deployment does: functions of `api` as authenticator, sign-ups as GoTrue. */
export async function seedProject(project: Project): Promise<DemoReport> {
  const callers = new pg.Pool({ connectionString: project.shaped.url('authenticator'), max: 4 })
  try {
    let n = 0
    return await seedDemo({
      db: demoDb(project.owner, callers),
      baseUrl: 'https://duty.example',
      signUp: async (email, password) => project.gotrue.signUp(email, password),
      newPassword: () => `Lamp-${++n}-post-shape`,
      now: clock.date(),
    })
  }
  finally {
    await callers.end()
  }
}

/** Reads as the owner; people's calls go through a connection as authenticator. */
function demoDb(owner: pg.Pool, callers: pg.Pool): Db {
  const unused = (): never => {
    throw new Error('the demonstration does not use this')
  }
  return {
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await owner.query(text, [...values])).rows as Row[],
    transaction: async (work) => {
      const client = await callers.connect()
      try {
        await client.query('begin')
        const made = await work({
          query: async <Row>(text: string, values: readonly unknown[] = []) =>
            (await client.query(text, [...values])).rows as Row[],
          script: unused,
        })
        await client.query('commit')
        return made
      }
      catch (error) {
        await client.query('rollback')
        throw error
      }
      finally {
        client.release()
      }
    },
    script: unused,
    batch: unused,
    listen: unused,
    close: async () => undefined,
  }
}
