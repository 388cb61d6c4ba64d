import type { DenoRun } from './deno.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { CASES } from './deliver/cases.ts'
import { runInDeno } from './deno.ts'

describe('the sender under Node', () => {
  it.each(CASES)('$name', ({ run }) => run())
})

describe('the sender under Deno, which fetches nothing from anywhere', () => {
  let run: DenoRun
  beforeAll(async () => { run = await runInDeno('deliver/cases.ts', 'deliver') })
  it('is Deno 2', () => expect(run.deno).toMatch(/^2\./))
  it.each(CASES)('$name', ({ name }) => expect(run.faults.get(name)).toBeNull())
})
