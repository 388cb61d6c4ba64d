import type { ProxyStep } from './words.ts'

const ORDER: readonly ProxyStep[] = ['accepted', 'on_post', 'off_post']

/** The steps that a coordinator took for a person, and one more; in their order. SQL: private.proxy_steps. */
export function withStep(steps: readonly ProxyStep[], step: ProxyStep): ProxyStep[] {
  return ORDER.filter(one => one === step || steps.includes(one))
}
