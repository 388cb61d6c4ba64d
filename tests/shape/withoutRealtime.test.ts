import type { Project } from './project.ts'
import { afterEach, expect, it } from 'vitest'
import { withPolicyGrants } from './cluster.ts'
import { firstAdmin, startProject } from './project.ts'

let project: Project | undefined
afterEach(async () => {
  await project?.stop()
  project = undefined
})

const POLICY = `select count(*)::int as n from pg_policies where schemaname = 'realtime' and tablename = 'messages'`

it('takes writes in a project whose Realtime never started, and rings after its start', async () => {
  project = await startProject({ version: 17, realtime: false })
  const { shaped, owner } = project
  const login = await firstAdmin(project, 'before')
  const {
    rows: [scope],
  } = await owner.query('select n_live > 0 as yes from sync.scope where id = $1', [`user:${login}`])
  expect(scope).toEqual({ yes: true })

  await shaped.startRealtime()
  await firstAdmin(project, 'after')
  const {
    rows: [rung],
  } = await owner.query(`select count(*)::int as n, bool_and(private) as private from realtime.messages`)
  expect(rung).toEqual({ n: 1, private: true })
  // the policy on listening comes with the next night, or at once by hand
  await withPolicyGrants(shaped, async () => owner.query('select private.nightly(now())'))
  expect((await owner.query(POLICY)).rows).toEqual([{ n: 1 }])
})

it('warns in the push if the owner may create no policy for Realtime, and goes on', async () => {
  project = await startProject({ version: 17, grants: false })
  const asOwner = await project.owner.connect()
  const warned = new Promise<string>(resolve =>
    asOwner.once('notice', notice => resolve(`${notice.severity} ${notice.message}`)),
  )
  await asOwner.query('select private.guard_bells()')
  expect(await warned).toMatch(/^WARNING .*call private\.guard_bells\(\)/)
  asOwner.release()
  expect((await project.owner.query(POLICY)).rows).toEqual([{ n: 0 }])
  await firstAdmin(project, 'admin')
  await withPolicyGrants(project.shaped, async () => project?.owner.query('select private.guard_bells()'))
  expect((await project.owner.query(POLICY)).rows).toEqual([{ n: 1 }])
})
