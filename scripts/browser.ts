import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/** Flags for a browser in tests: no sandbox, which containers forbid, and nothing in the background. */
export const BROWSER_ARGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Finds the path of a Chromium-like browser: `CHROME_PATH`, an installed one, Debian's package (root installs it now),
 * or the one from npm. Throws if there is none, with a message that says what to do.
 */
export async function findBrowser(): Promise<string> {
  const given = process.env.CHROME_PATH
  if (given) {
    if (existsSync(given)) return given
    throw new Error(`CHROME_PATH names ${given}, which does not exist.`)
  }
  return installed() ?? debianPackage() ?? await fromNpm()
}

const NAMES = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
]

function installed(): string | null {
  const suffix = process.platform === 'win32' ? '.exe' : ''
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const places = [...folders.flatMap(folder => NAMES.map(name => path.join(folder, name + suffix))), ...usualPlaces()]
  return places.find(place => existsSync(place) && runs(place)) ?? null
}

/** Does it start? Ubuntu's chromium only asks for a snap. Browsers of Windows print no version: they count as good. */
function runs(place: string): boolean {
  return process.platform !== 'linux' || spawnSync(place, ['--version']).status === 0
}

function usualPlaces(): string[] {
  const { platform, env } = process
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge']
    return apps.map(app => `/Applications/${app}.app/Contents/MacOS/${app}`)
  }
  if (platform !== 'win32') return ['/opt/google/chrome/chrome', '/usr/lib/chromium/chromium', '/snap/bin/chromium']
  const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(root => root !== undefined)
  const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe']
  return roots.flatMap(root => programs.map(program => path.join(root, program)))
}

function debianPackage(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  console.log('No browser found: installing Debian\'s chromium …')
  const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const
  spawnSync('apt-get', ['update', '-q'], options)
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], options)
  return installed()
}

async function fromNpm(): Promise<string> {
  try {
    const { default: chromium } = await import('@sparticuz/chromium')
    const found = await chromium.executablePath()
    if (spawnSync(found, ['--version']).status === 0) return found
  }
  catch {}
  throw new Error('No browser found: install Chrome, Chromium or Edge, or set CHROME_PATH.')
}
