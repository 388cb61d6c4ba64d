import { spawn } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { PROJECT_ROOT } from '../../supabase/local/build.ts'
import { clock } from '../clock.ts'

/** Runs the model on `runs` stories and answers whether all held. Its output names a story that failed. */
export async function tellStories(runs: number, seed: number): Promise<boolean> {
  console.log(`${runs} stories of the model, seed ${seed} …`)
  const started = clock.now()
  const child = spawn(process.execPath, [
    path.join(PROJECT_ROOT, 'node_modules/vitest/vitest.mjs'),
    'run',
    'tests/model',
    '--reporter=dot',
  ], {
    cwd: PROJECT_ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, MODEL_RUNS: String(runs), MODEL_SEED: String(seed) },
  })
  let said = ''
  child.stdout.on('data', (part: { toString: () => string }) => { said += part.toString() })
  const code = await new Promise<number | null>(resolve => child.once('close', resolve))
  if (code !== 0) console.log(said)
  const seconds = ((clock.now() - started) / 1000).toFixed(0)
  console.log(`${runs} stories: ${code === 0 ? 'every invariant held' : 'FAILED'} (${seconds} s)`)
  return code === 0
}
