import type { DenoRun } from './deno.ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { CASES } from './calendar/cases.ts'
import { runInDeno } from './deno.ts'

describe('the calendar under Node', () => {
  it.each(CASES)('$name', ({ run }) => run())
})

describe('the calendar under Deno, with the imports of its own deno.json', () => {
  let run: DenoRun
  beforeAll(async () => { run = await runInDeno('calendar/cases.ts', 'calendar') })
  it('is Deno 2', () => expect(run.deno).toMatch(/^2\./))
  it.each(CASES)('$name', ({ name }) => expect(run.faults.get(name)).toBeNull())
})
