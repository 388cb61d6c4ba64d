import type { IncomingMessage } from 'node:http'
import type { DemoReport } from './demo/tools.ts'
import { demoLines } from './demo.ts'
import { isAtThisMachine } from './http/caller-address.ts'

/** What `config.json` says of this server. */
export interface AppFacts {
  publishableKey: string
  pushKey: string
  /** Null = no demonstration. */
  demo: DemoReport | null
  /** Can other machines reach this server? */
  open: boolean
}

/**
 * `config.json`. The demonstration's passwords are in it only for a person at this machine, on a server that no other
 * machine can reach, asked by no proxy: anybody else has to read them in the terminal.
 */
export function appConfig(facts: AppFacts): (request: IncomingMessage) => unknown {
  const { publishableKey, pushKey, demo, open } = facts
  const common = { backend_url: '', publishable_key: publishableKey, push_key: pushKey, features: { phone_otp: false } }
  return (request) => {
    const shown = demo === null || (!open && isAtThisMachine(request)) ? demo : { ...demo, sign_ins: [] }
    return { ...common, demo: shown ?? false }
  }
}

/** What a server says at its start that other machines can reach. */
export function openNotice(host: string, url: string, demo: DemoReport | null): string[] {
  const lines = [
    `HOST=${host}: every machine that reaches this one can open Redwhistle, and what they send is not encrypted. Put a proxy with HTTPS in front of it (docs/deploy.md).`,
  ]
  if (demo === null) return lines
  lines.push('The demonstration\'s passwords are not shown on the sign-in page of an open server. They are:')
  return [...lines, ...demoLines(url, demo)]
}
