import type { Proof } from '../scripts/proof/steps.ts'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { table } from '../scripts/proof/state.ts'
import { chooseSteps, missingProgram, runStep, STEPS } from '../scripts/proof/steps.ts'

const passed = { result: 'passed', seconds: 61, lastLine: '3 passed, 0 failed' } as const
const failed = { result: 'FAILED', seconds: 600, lastLine: 'a | b' } as const
const names = ['a', 'b', 'c']

describe('npm run proof', () => {
  it('goes on where it was interrupted, and repeats steps that failed or lacked a program', () => {
    expect(chooseSteps({}, { a: passed, b: failed }, names)).toEqual(['b', 'c'])
    const notRun = { result: 'not run', seconds: 0, lastLine: 'needs x' } as const
    expect(chooseSteps({}, { a: passed, b: notRun }, names)).toEqual(['b', 'c'])
    expect(chooseSteps({ again: true }, { a: passed }, names)).toEqual(names)
  })

  it('runs the steps asked for, and lists those it knows', () => {
    expect(chooseSteps({ only: 'c,a' }, { a: passed }, names)).toEqual(['a', 'c'])
    expect(chooseSteps({ from: 'b' }, { b: passed }, names)).toEqual(['b', 'c'])
    expect(chooseSteps({ list: true }, {}, names)).toEqual([])
    expect(() => chooseSteps({ only: 'd' }, {}, names)).toThrow('no step d; there are a, b, c')
  })

  it('names only scripts that exist, and says which program is missing', () => {
    const { scripts } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../package.json'), 'utf8')) as {
      scripts: Record<string, string>,
    }
    for (const { command } of STEPS.filter(s => s.command[1] === 'run'))
      expect(scripts[command[2]!], command.join(' ')).toBeDefined()
    const step = { name: 'x', command: ['x'], needs: { program: 'faketime', from: 'apt' } }
    expect(missingProgram(step, () => false)).toBe('needs faketime (apt)')
    expect(missingProgram(step, () => true)).toBeNull()
  })

  it('reads the result of a step from its exit code, and keeps its last line', async () => {
    const run = (code: number) =>
      runStep({ name: 'x', command: ['node', '-e', `console.log('first\\nlast\\n'); process.exitCode = ${code}`] })
    expect(await run(0)).toMatchObject({ result: 'passed', lastLine: 'last' })
    expect(await run(3)).toMatchObject({ result: 'FAILED', lastLine: 'last' })
  })

  it('prints every step, including those that have not run', () => {
    const proof: Proof = { tree: 'abc', outcomes: { a: passed, b: failed } }
    const text = table(names.map(name => ({ name, command: [name] })), proof)
    expect(text.split('\n').slice(4)).toEqual([
      '| a | passed | 61 s | 3 passed, 0 failed |',
      '| b | FAILED | 10 min | a / b |',
      '| c | not run |  |  |',
    ])
  })
})
