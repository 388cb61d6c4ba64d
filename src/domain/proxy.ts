import type { Me } from './rows.ts'
import type { ProxyStep } from './words.ts'

/** Does the person of this phone act for somebody else here? `me`: their own record. SQL: private.acts_for_other. */
export function actsForOther(me: Pick<Me, 'responder_id'> | undefined, responder: string): boolean {
  return me?.responder_id !== responder
}

const ORDER: readonly ProxyStep[] = ['accepted', 'on_post', 'off_post']

/** The steps that a coordinator took for a person, and one more; in their order. SQL: private.proxy_steps. */
export function withStep(steps: readonly ProxyStep[], step: ProxyStep): ProxyStep[] {
  return ORDER.filter(one => one === step || steps.includes(one))
}
