import process from 'node:process'
import { parseArgs } from 'node:util'
import { clock } from '../clock.ts'
import { isSound, killAndCompare, killLines } from './kills.ts'

async function main(): Promise<number> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { kills: text, seed: text } })
  const [kills, seed] = [Number(values.kills ?? 100), Number(values.seed ?? clock.now() % 2 ** 31)]
  if (!(kills > 0) || !Number.isFinite(seed)) throw new Error('--kills or --seed is not a number that can be used')
  const killed = await killAndCompare(kills, seed, line => console.log(line))
  for (const line of killLines(killed)) console.log(line)
  if (!isSound(killed)) console.log(`FAILED with --seed ${seed}`)
  return isSound(killed) ? 0 : 1
}

main().then(code => process.exit(code), (error: unknown) => {
  console.error(error)
  process.exit(2)
})
