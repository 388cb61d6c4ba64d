import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, expect, it } from 'vitest'

/** Stands in for vite: takes half a second, writes a page and notes that it ran. */
const VITE = `
const fs = require('node:fs')
const outDir = process.argv[process.argv.indexOf('--outDir') + 1]
fs.appendFileSync('runs', outDir + '\\n')
setTimeout(() => {
  fs.mkdirSync(outDir, { recursive: true })
  fs.writeFileSync(outDir + '/index.html', fs.readFileSync('index.html'))
}, 500)
`
const BUILD = path.join(import.meta.dirname, 'build.ts')
let root: string

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'redwhistle-build-'))
  await mkdir(path.join(root, 'node_modules/vite/bin'), { recursive: true })
  await writeFile(path.join(root, 'node_modules/vite/bin/vite.js'), VITE)
  await writeFile(path.join(root, 'index.html'), 'first')
})
afterEach(async () => rm(root, { recursive: true, force: true }))

/** Calls ensureBuilt in a process of its own; answers what it logged and which folder `dist` was when it returned. */
async function build(): Promise<string> {
  const script = `const { ensureBuilt } = await import(${JSON.stringify(BUILD)})
    await ensureBuilt(process.cwd(), line => console.log(line))
    const { ino } = (await import('node:fs')).statSync('dist/.sources')
    console.log('dist ' + ino)`
  const args = ['--input-type=module', '-e', script]
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk: Uint8Array) => { text += String(chunk) })
  expect(await new Promise(resolve => child.once('close', resolve))).toBe(0)
  return text
}
const runs = async (): Promise<number> => (await readFile(path.join(root, 'runs'), 'utf8')).trim().split('\n').length
const page = async (): Promise<string> => readFile(path.join(root, 'dist/index.html'), 'utf8')

it('processes that find no build, or an old one, at the same time build once and leave that build alone', async () => {
  for (const [times, text] of ['first', 'second'].entries()) {
    await writeFile(path.join(root, 'index.html'), text)
    const logs = await Promise.all([build(), build(), build()])
    expect([await runs(), await page()]).toEqual([times + 1, text])
    const { ino } = await stat(path.join(root, 'dist/.sources'))
    expect(logs.map(log => log.includes(`dist ${ino}\n`))).toEqual([true, true, true])
    expect(logs.filter(log => log.includes('Building the app'))).toHaveLength(1)
  }
  expect(await readdir(path.join(root, 'node_modules/.tmp')), 'what the builds left behind').toEqual([])
})
