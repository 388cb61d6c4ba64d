import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { firstLine, StartFailure } from './failure.ts'
import { compress, ENCODINGS, WORTH } from './http/compress.ts'
import { underLock } from './lock.ts'

/** The folder of the checkout. */
export const PROJECT_ROOT = path.resolve(import.meta.dirname, '..', '..')

/** The version in package.json. */
export const VERSION: string = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'package.json'), 'utf8')).version

/** The file of a build that holds the hash of its sources. */
const STAMP = '.sources'
/** Files of the app that compression makes smaller. Pictures and fonts are compressed already. */
const TEXT = /\.(?:html|css|js|json|webmanifest|svg|txt|wasm)$/
/** What the built app is made of, and what builds it. */
const SOURCES = [
  'index.html',
  'resident.html',
  'vite.config.ts',
  'package-lock.json',
  'public',
  'src',
  'supabase/local/build.ts',
]

/**
 * Builds the app into `dist` unless it was built from these very sources. Of several processes that ask at the same
 * time one builds; the others wait for that build, so that no build is replaced under a page that already runs on it.
 * Throws StartFailure `build` with the first line of vite's errors.
 */
export async function ensureBuilt(root: string, log: (line: string) => void): Promise<void> {
  const sources = await hashOf(root)
  if (await isBuilt(root, sources)) return
  const folder = path.join(root, 'node_modules/.tmp')
  await mkdir(folder, { recursive: true })
  await underLock(path.join(folder, 'build.lock'), async () => {
    if (await isBuilt(root, sources)) return
    log('Building the app …')
    const making = path.join(folder, `dist-${process.pid}-${Date.now()}`)
    await viteBuild(root, making)
    await compressFiles(making)
    await writeFile(path.join(making, STAMP), sources)
    replace(path.join(root, 'dist'), making)
  })
}

/** True when `dist` was made from sources with this hash. */
async function isBuilt(root: string, sources: string): Promise<boolean> {
  return await readFile(path.join(root, 'dist', STAMP), 'utf8').catch(() => '') === sources
}

/** Puts a whole build in the place of the old one, by renaming: a failed build leaves the old one. */
function replace(dist: string, making: string): void {
  const old = `${making}.old`
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(making, dist)
  rmSync(old, { recursive: true, force: true })
}

async function viteBuild(root: string, outDir: string): Promise<void> {
  const vite = path.join(root, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  let errors = ''
  child.stderr.on('data', (chunk: Uint8Array) => { errors += String(chunk) })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code === 0) return
  await rm(outDir, { recursive: true, force: true })
  throw new StartFailure('build', `The app cannot be built: ${firstLine(errors)}`)
}

/** Compresses each file and writes the results beside it, so that no request waits (`http/static-files.ts`). */
async function compressFiles(folder: string): Promise<void> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const text = files
    .filter(file => file.isFile() && TEXT.test(file.name))
    .map(file => path.join(file.parentPath, file.name))
  await Promise.all(text.flatMap(file => (['br', 'gzip'] as const).map(async (encoding) => {
    const body = await readFile(file)
    if (body.length >= WORTH) await writeFile(`${file}${ENCODINGS[encoding]}`, await compress(body, encoding, true))
  })))
}

/** One hash over names and contents of all sources. */
async function hashOf(root: string): Promise<string> {
  const files = (await Promise.all(SOURCES.map(async source => listFiles(root, source)))).flat().sort()
  const hash = createHash('sha256')
  const contents = await Promise.all(files.map(async file => readFile(path.join(root, file))))
  files.forEach((file, index) => hash.update(file).update('\0').update(contents[index] ?? '').update('\0'))
  return hash.digest('hex')
}

async function listFiles(root: string, at: string): Promise<string[]> {
  const full = path.join(root, at)
  if (!existsSync(full)) return []
  const entries = await readdir(full, { withFileTypes: true }).catch(() => null)
  if (entries === null) return [at]
  const nested = await Promise.all(
    entries.map(async entry => entry.isDirectory() ? listFiles(root, `${at}/${entry.name}`) : [`${at}/${entry.name}`]),
  )
  return nested.flat().filter(file => !file.endsWith('.test.ts'))
}
