import type { Figure } from './measure.ts'
import os from 'node:os'
import process from 'node:process'
import { parseArgs } from 'node:util'

/** `instances`: a folder of public roster instances. `full`: longer, with more seeds. */
interface Options { instances?: string | undefined, full: boolean }
/** Each benchmark is loaded only when asked for. It answers its figures, or tells some of them as they come. */
const BENCHES: Record<string, (options: Options, tell: (figures: Figure[]) => void) => Promise<Figure[]>> = {
  push: async () => (await import('./push.ts')).benchPush(),
  http: async () => (await import('./http.ts')).benchHttp(),
  pull: async () => (await import('./pull.ts')).benchPull(),
  first: async () => (await import('./first.ts')).benchFirst(),
  relay: async () => (await import('./relay.ts')).benchRelay(),
  client: async () => (await import('./client.ts')).benchClient(),
  sizes: async () => (await import('./sizes.ts')).benchSizes(),
  door: async () => (await import('./door.ts')).benchDoor(),
  board: async () => (await import('./board.ts')).benchBoard(),
  month: async () => (await import('./month.ts')).benchMonth(),
  start: async () => (await import('./start.ts')).benchStart(),
  storm: async () => (await import('./storm.ts')).benchStorm(),
  callout: async () => (await import('./callout.ts')).benchCallout(),
  shapes: async () => (await import('./rosterShapes.ts')).benchRosterShapes(),
  roster: async (options, tell) => (await import('./roster.ts')).benchRoster(options, tell),
}

function verdict(f: Figure): string {
  if (f.min !== undefined) return f.value >= f.min ? 'ok' : 'SHORT'
  if (f.max !== undefined) return f.value <= f.max ? 'ok' : 'OVER'
  return ''
}

function line(f: Figure): string {
  const budget = f.min !== undefined ? `≥ ${f.min}` : f.max !== undefined ? `≤ ${f.max}` : ''
  const value = f.unit === '×' ? f.value.toFixed(3) : f.value.toFixed(1)
  const measured = `${value} ${f.unit}`.padStart(12)
  return `${verdict(f).padEnd(6)}${f.name.padEnd(72)}${measured}  ${budget.padEnd(8)} ${f.note ?? ''}`
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean' }, instances: { type: 'string' }, full: { type: 'boolean' } },
    allowPositionals: true,
  })
  const { json = false, instances, full = false } = values
  const unknown = positionals.filter(n => !(n in BENCHES))
  if (unknown.length > 0)
    throw new Error(`unknown benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`)
  const names = positionals.length > 0 ? positionals : Object.keys(BENCHES).filter(n => n !== 'roster' || instances)
  const figures: Figure[] = []
  const tell = (found: Figure[]): void => {
    figures.push(...found)
    if (!json) {
      for (const f of found) console.log(line(f))
    }
  }
  for (const name of names) tell(await BENCHES[name]!({ instances, full }, tell))
  const memory = (os.totalmem() / 2 ** 30).toFixed(0)
  const machine = `${os.cpus().length} cores, ${memory} GiB, ${os.platform()}, Node ${process.versions.node}`
  console.log(json ? JSON.stringify({ machine, figures }, null, 2) : machine)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
})
