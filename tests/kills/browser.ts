import type { ChildProcess } from 'node:child_process'
import type { Page } from 'playwright-core'
import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'
import { BROWSER_ARGS, findBrowser } from '../../scripts/browser.ts'

/** A whole browser on a profile on the disk, started as a process of its own so that it can be killed. */
export interface Chrome {
  page: Page
  /** kill -9 of the browser and all its processes at once. Resolves when they are gone. */
  kill: () => Promise<void>
}

const FLAGS = ['--headless=new', '--remote-debugging-port=0', '--disable-breakpad', '--lang=zh-CN']

async function debuggerOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = []
    createInterface({ input: child.stderr! }).on('line', (line) => {
      said.push(line)
      const url = /^DevTools listening on (\S+)$/.exec(line)?.[1]
      if (url) resolve(url)
    })
    child.once('exit', code => reject(new Error(`the browser ended with ${code}: ${said.slice(-3).join(' | ')}`)))
  })
}

/**
 * Opens the browser on a profile, with all that the last one left there. By default Playwright has every page believe
 * that somebody looks at it, and such a page cannot be frozen; `plain` leaves this to the browser.
 */
export async function openChrome(profile: string, plain = false): Promise<Chrome> {
  // a killed browser leaves its lock behind
  await Promise.all(
    ['Lock', 'Cookie', 'Socket'].map(name => rm(path.join(profile, `Singleton${name}`), { force: true })),
  )
  const child = spawn(await findBrowser(), [...BROWSER_ARGS, ...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
  const kill = async (): Promise<void> => {
    // detached: the browser leads a group of its own, so this reaches its renderers too and nobody else's
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL')
    await ended
  }
  try {
    const browser = await chromium.connectOverCDP(await debuggerOf(child), { noDefaults: plain })
    const context = browser.contexts()[0]!
    return { page: context.pages()[0] ?? await context.newPage(), kill }
  }
  catch (error) {
    await kill()
    throw error
  }
}
