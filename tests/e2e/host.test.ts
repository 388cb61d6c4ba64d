import type { TempBackend } from './harness.ts'
import { get } from 'node:http'
import { expect, it } from 'vitest'
import { useBox } from './box.ts'
import { startTemp } from './harness.ts'

const box = useBox()

interface Config { demo: false | { sign_ins: { name: string, password: string }[], resident_code: string } }

/** Reads `config.json` at one address of this machine; null when nothing listens there. */
async function read(host: string, port: number, headers: Record<string, string> = {}): Promise<Config | null> {
  return new Promise((resolve) => {
    get({ host, port, path: '/config.json', headers: { host: `localhost:${port}`, ...headers } }, (answer) => {
      let body = ''
      answer.on('data', (chunk: Uint8Array) => { body += String(chunk) })
      answer.on('end', () => resolve(JSON.parse(body) as Config))
    }).on('error', () => resolve(null))
  })
}

async function withServer(
  options: Parameters<typeof startTemp>[0],
  story: (backend: TempBackend) => Promise<void>,
): Promise<void> {
  const backend = await startTemp(options)
  await story(backend).finally(async () => backend.discard())
}

// 127.0.0.2 is this machine too, but only a server that listens at all addresses listens there
it('listens at the two local addresses and nowhere else, and releases both', async () => {
  let port = 0
  await withServer({}, async (backend) => {
    port = backend.port
    expect(await read('127.0.0.1', port)).not.toBeNull()
    expect(await read('::1', port)).not.toBeNull()
    expect(await read('127.0.0.2', port)).toBeNull()
  })
  expect([await read('127.0.0.1', port), await read('::1', port)]).toEqual([null, null])
})

it('listens at the address that is asked for', async () => {
  await withServer({ host: '0.0.0.0' }, async ({ port }) => {
    expect(await read('127.0.0.2', port)).not.toBeNull()
  })
})

it('warns of HOST=0.0.0.0 at every start, and then prints demo passwords instead of showing them', async () => {
  box.env = { ...box.env, HOST: '0.0.0.0' }
  const port = Number(box.env.PORT)
  for (const flags of [['--demo'], []]) {
    const server = box.start(...flags)
    expect(await server.ready).toBe(`http://localhost:${port}`)
    expect(server.out.filter(line => line.startsWith('HOST=0.0.0.0: every machine'))).toHaveLength(1)
    expect(server.out.filter(line => /^ {2}[^/]+ \/ [a-z0-9]{12}$/.test(line)).length).toBeGreaterThanOrEqual(4)
    const config = await read('127.0.0.1', port)
    expect(config?.demo).toEqual({ sign_ins: [], resident_code: expect.any(String), wall_code: expect.any(String) })
    server.child.kill('SIGTERM')
    expect(await server.ended).toBe(0)
  }
  box.env = { ...box.env, HOST: '' }
  const alone = box.start()
  await alone.ready
  const shown = (config: Config | null): number =>
    config === null || config.demo === false ? -1 : config.demo.sign_ins.length
  expect(shown(await read('127.0.0.1', port))).toBeGreaterThanOrEqual(4)
  expect(shown(await read('127.0.0.1', port, { 'x-forwarded-for': '203.0.113.9' })), 'through a proxy').toBe(0)
  expect(shown(await read('127.0.0.1', port, { host: 'rebound.example.com' })), 'by another name').toBe(0)
})
