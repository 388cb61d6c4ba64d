import { expect, it } from 'vitest'
import { StartFailure } from './failure.ts'
import { readOptions } from './options.ts'

it('has defaults: port 4173, folder .redwhistle, demo on the first start', () => {
  expect(readOptions([], {})).toMatchObject({
    port: 4173,
    host: undefined,
    databaseUrl: undefined,
    fresh: false,
    demo: 'first',
  })
  expect(readOptions([], {}).dataDir).toMatch(/[/\\]\.redwhistle$/)
})

it('makes no demo in the database of DATABASE_URL unless asked to', () => {
  expect(readOptions([], { DATABASE_URL: 'postgres://x' }).demo).toBe('no')
  expect(readOptions(['--demo'], { DATABASE_URL: 'postgres://x' }).demo).toBe('yes')
})

it.each([
  [['--fast'], {}],
  [['--demo', '--no-demo'], {}],
  [['--fresh'], { DATABASE_URL: 'postgres://x' }],
  [[], { PORT: 'http' }],
  [[], { PORT: '70000' }],
])('refuses %j with %j', (argv, env) => {
  expect(() => readOptions(argv, env)).toThrow(StartFailure)
})
