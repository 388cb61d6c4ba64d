import type { Figure } from './measure.ts'
import os from 'node:os'
import process from 'node:process'

/** Each benchmark is loaded only when asked for. */
const BENCHES: Record<string, () => Promise<Figure[]>> = {
  push: async () => (await import('./push.ts')).benchPush(),
  http: async () => (await import('./http.ts')).benchHttp(),
  pull: async () => (await import('./pull.ts')).benchPull(),
  relay: async () => (await import('./relay.ts')).benchRelay(),
  client: async () => (await import('./client.ts')).benchClient(),
  sizes: async () => (await import('./sizes.ts')).benchSizes(),
  door: async () => (await import('./door.ts')).benchDoor(),
  board: async () => (await import('./board.ts')).benchBoard(),
  start: async () => (await import('./start.ts')).benchStart(),
  storm: async () => (await import('./storm.ts')).benchStorm(),
  callout: async () => (await import('./callout.ts')).benchCallout(),
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

async function main(args: string[]): Promise<void> {
  const json = args.includes('--json')
  const names = args.filter(a => !a.startsWith('--'))
  const unknown = names.filter(n => !(n in BENCHES))
  if (unknown.length > 0)
    throw new Error(`unknown benchmark ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`)
  const figures: Figure[] = []
  for (const name of names.length > 0 ? names : Object.keys(BENCHES)) {
    const found = await BENCHES[name]!()
    figures.push(...found)
    if (!json) {
      for (const f of found) console.log(line(f))
    }
  }
  const memory = (os.totalmem() / 2 ** 30).toFixed(0)
  const machine = `${os.cpus().length} cores, ${memory} GiB, ${os.platform()}, Node ${process.versions.node}`
  console.log(json ? JSON.stringify({ machine, figures }, null, 2) : machine)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
})
