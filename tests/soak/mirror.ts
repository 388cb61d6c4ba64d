import type { SoakPhone } from './clients.ts'
import type { SoakServer } from './server.ts'
import { alwaysLike } from '../fakes/mirror.ts'
import { holding } from './held.ts'

/** How this phone differs from the server after one more look; empty when it does not. */
async function lookAgain(server: SoakServer, phone: SoakPhone): Promise<string[]> {
  const tab = phone.reachable()!
  await tab.sync.cycle()
  const { name, login } = phone.account
  return (await alwaysLike(await holding(tab.db), login, (text, params) => server.rows(text, params))).map(w =>
    `${name}: ${w}`,
  )
}

/** The scheduler may still move rows while we look, so a phone that differs is asked again. */
export async function divergent(server: SoakServer, phones: SoakPhone[]): Promise<string[]> {
  const found: string[] = []
  for (const phone of phones) {
    let wrong = await lookAgain(server, phone)
    for (let i = 0; i < 4 && wrong.length > 0; i++) wrong = await lookAgain(server, phone)
    found.push(...wrong)
  }
  return found
}
