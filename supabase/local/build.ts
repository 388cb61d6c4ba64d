import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { firstLine, StartFailure } from './failure.ts'
import { compress, ENCODINGS, WORTH } from './http/compress.ts'

/** Files of the app that get smaller: what is text, and wasm. Pictures and fonts are packed already. */
const TEXT = /\.(?:html|css|js|json|webmanifest|svg|txt|wasm)$/
/** What the built app is made of, and what makes it. */
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
 * Builds the app into `dist` unless it was built from these very sources.
 * Throws StartFailure `build` with what vite said first.
 */
export async function ensureBuilt(root: string, log: (line: string) => void): Promise<void> {
  const stamp = path.join(root, 'dist', '.sources')
  const wanted = await hashOf(root)
  if (existsSync(stamp) && await readFile(stamp, 'utf8') === wanted) return
  log('Building the app …')
  const making = path.join(root, 'node_modules/.tmp', `dist-${process.pid}-${Date.now()}`)
  await viteBuild(root, making)
  await compressFiles(making)
  await writeFile(path.join(making, '.sources'), wanted)
  // Moved in place when whole: a failed build leaves the old one, and two builds at once do not mix.
  await rm(path.join(root, 'dist'), { recursive: true, force: true })
  await rename(making, path.join(root, 'dist'))
}

async function viteBuild(root: string, outDir: string): Promise<void> {
  const vite = path.join(root, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', outDir, '--emptyOutDir'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  let said = ''
  child.stderr.on('data', (chunk: Uint8Array) => { said += String(chunk) })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code === 0) return
  await rm(outDir, { recursive: true, force: true })
  throw new StartFailure('build', `The app cannot be built: ${firstLine(said)}`)
}

/** Lays the compressed forms of each file beside it, so that no request waits for them (`http/static-files.ts`). */
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
