import type { Page } from 'playwright-core'
import type { PhoneState } from '../fakes/phoneState.ts'
import type { Chrome } from './browser.ts'
import type { Phone } from './phones.ts'
import type { Life, Moment, Story } from './plan.ts'
import type { Somebody, Stage } from './stage.ts'
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { tempFolder } from '../e2e/harness.ts'
import { layWire } from '../e2e/wire.ts'
import { openChrome } from './browser.ts'
import { TapLedger } from './ledger.ts'
import { appPhone, corePhone } from './phones.ts'

/** The end of a story: what the person was told, when the browser died, and what is on the phone. */
export interface StoryEnd {
  who: Somebody, page: Story['page'], ledger: TapLedger, died: (Moment | 'idle')[], phone: PhoneState
}

/** When nothing happens for so many ms after the last tap, the moment a life waits for does not come. */
const IDLE_MS = 1500

/** Calls `hear` at each moment of this page, known from outside by its requests and its own words. */
async function listen(page: Page, ledger: TapLedger, hear: (moment: Moment) => void): Promise<void> {
  await page.exposeFunction('heard', (word: 'tap' | 'kept', what: string) => {
    if (word === 'tap') ledger.tap(what)
    else ledger.keep(what)
    hear(word)
  })
  page.on('request', request => request.url().endsWith('/rpc/push') && hear('push'))
  page.on('response', response => response.url().endsWith('/rpc/push') && hear('pushed'))
  page.on('response', response => response.url().endsWith('/rpc/pull') && hear('pulled'))
}

/** Signs the person in where the browser lost it: a killed Chromium forgets the last seconds of its localStorage. */
async function signIn(page: Page, url: string, { login, session }: Somebody): Promise<void> {
  await page.addInitScript(([origin, id, text]) => {
    if (location.origin !== origin || localStorage.getItem('redwhistle-auth')) return
    localStorage.setItem('redwhistle-auth', text)
    localStorage.setItem('redwhistle-login', id)
  }, [url, login, session] as const)
}

class Teller {
  readonly #stage: Stage
  readonly #phone: Phone
  readonly #who: Somebody
  readonly #ledger = new TapLedger()
  #profile = ''
  #url = ''

  constructor(stage: Stage, phone: Phone, who: Somebody) {
    this.#stage = stage
    this.#phone = phone
    this.#who = who
  }

  async #start(hear: (moment: Moment) => void): Promise<Chrome> {
    const chrome = await openChrome(this.#profile)
    try {
      const { page } = chrome
      await signIn(page, this.#url, this.#who)
      await listen(page, this.#ledger, hear)
      await this.#phone.open(page, this.#url, this.#ledger)
      return chrome
    }
    catch (error) {
      await chrome.kill()
      throw error
    }
  }

  /** Taps until the moment comes, and kills the browser there. */
  async #live(life: Life, line: (state: Life['line']) => void): Promise<Moment | 'idle'> {
    let armed = false
    let left = life.nth
    let strike: (moment: Moment) => void = () => {}
    const struck = new Promise<Moment>((resolve) => { strike = resolve })
    const chrome = await this.#start((moment) => {
      if (armed && moment === life.moment && --left === 0) strike(moment)
    })
    line(life.line)
    armed = true
    const taps = this.#phone.tapAll(chrome.page, life, this.#stage.shifts).then(
      () => sleep(IDLE_MS, 'idle' as const),
      () => new Promise<never>(() => {}),
    )
    const died = await Promise.race([struck, taps])
    if (life.delay > 0) await sleep(life.delay)
    await chrome.kill()
    return died
  }

  async tell(story: Story): Promise<StoryEnd> {
    this.#profile = await tempFolder()
    const wire = await layWire(this.#stage.url)
    this.#url = wire.url
    const died: StoryEnd['died'] = []
    try {
      for (const life of story.lives) {
        wire.mend()
        died.push(await this.#live(life, state => state === 'open' || wire[state === 'cut' ? 'cut' : 'stall']()))
      }
      wire.mend()
      const chrome = await this.#start(() => {})
      const phone = await this.#phone.end(chrome.page, this.#url).finally(() => chrome.kill())
      return { who: this.#who, page: story.page, ledger: this.#ledger, died, phone }
    }
    finally {
      await wire.close()
      await rm(this.#profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    }
  }
}

/** Plays one story to its end: killed and reopened as planned, then left to send everything. */
export async function tell(stage: Stage, story: Story): Promise<StoryEnd> {
  return new Teller(stage, story.page === 'app' ? appPhone : corePhone, await stage.somebody()).tell(story)
}
