import type { DemoReport } from '../../supabase/local/demo/tools.ts'
import type { Project } from './project.ts'
import type { Caller } from './rest.ts'
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { clock } from '../clock.ts'
import { seedProject, startProject } from './project.ts'

/** Logins of the demonstration, and two of its places. */
export interface Cast {
  admin: string
  coordinator: string
  officer: string
  cadre: string
  other: string
  community: string
  street: string
}

/** A project with the demonstration in it. */
export interface Scene {
  project: Project
  demo: DemoReport
  cast: Cast
  /** A function of schema `api` through the Data API. */
  call: Project['rest']['call']
  /** The same, and fails unless the answer is `applied`. */
  applied: (caller: Caller, name: string, args?: Record<string, unknown>) => Promise<Record<string, unknown>>
}

export const ANON: Caller = { role: 'anon' }
export const WORKER: Caller = { role: 'service_role' }

/** A person signed in. */
export function as(sub: string): Caller {
  return { role: 'authenticated', sub }
}

/** Starts a project of one version of PostgreSQL and fills it; the caller stops it. */
export async function openScene(version: 15 | 17): Promise<Scene> {
  const project = await startProject({ version })
  const demo = await seedProject(project)
  const call: Scene['call'] = async (...given) => project.rest.call(...given)
  const applied: Scene['applied'] = async (caller, name, args = {}) => {
    const answer = await call(caller, name, args)
    expect(answer, name).toMatchObject({ status: 200, body: { status: 'applied' } })
    return answer.body as Record<string, unknown>
  }
  return { project, demo, cast: await castOf(project, demo), call, applied }
}

async function castOf(project: Project, demo: DemoReport): Promise<Cast> {
  const loginOf = async (name: string): Promise<string> => {
    const { rows } = await project.owner.query<{ id: string }>('select id from app.login where sign_in_name = $1', [
      name,
    ])
    if (rows[0] === undefined) throw new Error(`nobody signs in as ${name}`)
    return rows[0].id
  }
  const unitOf = async (login: string): Promise<string> => {
    const { rows } = await project.owner.query<{ id: string }>(
      'select org_unit_id as id from app.role_grant where login_id = $1',
      [login],
    )
    return rows[0]?.id ?? ''
  }
  const cadres = demo.sign_ins.filter(s => s.label.includes('cadre')).map(s => s.name)
  const [coordinator, officer] = [await loginOf('coordinator'), await loginOf('street')]
  return {
    admin: await loginOf('admin'),
    coordinator,
    officer,
    cadre: await loginOf(cadres[0]!),
    other: await loginOf(cadres[1]!),
    community: await unitOf(coordinator),
    street: await unitOf(officer),
  }
}

/** Pulls page by page to the end; answers the number of entries. */
export async function pullAll({ call }: Scene, login: string): Promise<number> {
  const p_client = randomUUID()
  const cursors: Record<string, number> = {}
  let [n, more] = [0, true]
  while (more) {
    const { status, body } = await call(as(login), 'pull', {
      p_client,
      p_schema: 2,
      p_cursors: cursors,
      p_epoch: null,
      p_limit: 5000,
    })
    expect(status).toBe(200)
    const page = body as { entries: [string, string, string, number][]; more: boolean }
    for (const [scope, , , ver] of page.entries) cursors[scope] = Math.max(cursors[scope] ?? 0, ver)
    n += page.entries.length
    more = page.more
  }
  return n
}

/** A value that parses as its type and refers to nothing. */
export function valueOf(type: string): unknown {
  switch (type) {
    case 'uuid':
      return randomUUID()
    case 'uuid[]':
      return [randomUUID()]
    case 'jsonb':
      return []
    case 'integer':
      return 1
    case 'boolean':
      return true
    case 'timestamp with time zone':
      return clock.stamp()
    default:
      return 'x'
  }
}
