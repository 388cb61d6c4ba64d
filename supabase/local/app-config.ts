import type { IncomingMessage } from 'node:http'
import type { DemoReport } from './demo/tools.ts'
import { demoLines } from './first-start.ts'
import { isAtThisMachine } from './http/caller-address.ts'

/** The facts of this server that `config.json` tells. */
export interface AppFacts {
  publishableKey: string
  pushKey: string
  /** Null = no demonstration. */
  demo: DemoReport | null
  /** Can other machines reach this server? */
  open: boolean
}

/**
 * Makes what `/config.json` answers to a request. It holds the demonstration's passwords only if no other machine can
 * reach this server and the request comes from this machine, not through a proxy. The terminal shows them in any case.
 */
export function appConfig(facts: AppFacts): (request: IncomingMessage) => unknown {
  const { publishableKey, pushKey, demo, open } = facts
  const common = { backend_url: '', publishable_key: publishableKey, push_key: pushKey, features: { phone_otp: false } }
  return (request) => {
    const shown = demo === null || (!open && isAtThisMachine(request)) ? demo : { ...demo, sign_ins: [] }
    return { ...common, demo: shown ?? false }
  }
}

/** Lines for the start of a server that other machines can reach. */
export function openNotice(host: string, url: string, demo: DemoReport | null): string[] {
  const warning = `HOST=${host}: every machine that reaches this one can open Redwhistle, and what it sends is not `
    + 'encrypted. Put a proxy with HTTPS in front of it (docs/deploy.md).'
  if (demo === null) return [warning]
  const heading = 'The sign-in page of an open server does not show the demonstration\'s passwords. They are:'
  return [warning, heading, ...demoLines(url, demo)]
}
