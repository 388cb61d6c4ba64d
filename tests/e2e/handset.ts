import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { Actor } from './cast.ts'
import type { Wire } from './wire.ts'
import { cameraArgs, filmNothing } from './camera.ts'
import { signIn } from './cast.ts'
import { openBrowser, PHONE, profile } from './harness.ts'
import { layWire } from './wire.ts'

/** One phone: browser, camera and network. asked: hosts of its requests. */
export interface Handset {
  browser: Browser, context: BrowserContext, page: Page, wire: Wire, film: string, asked: string[]
}

/** Opens the phone of a person who is signed in; its camera sees the film. */
export async function handset(film: string, url: string, who: Actor): Promise<Handset> {
  await filmNothing(film)
  const browser = await openBrowser(...cameraArgs(film))
  const wire = await layWire(url)
  const context = await profile(browser, wire.url, PHONE)
  const asked: string[] = []
  context.on('request', r => asked.push(new URL(r.url()).host))
  const page = await signIn(context, who)
  return { browser, context, page, wire, film, asked }
}

/** Cuts the network of a phone, or mends it. */
export async function offline(phone: Handset, off: boolean): Promise<void> {
  if (off) phone.wire.cut()
  else phone.wire.mend()
  await phone.context.setOffline(off)
}
