import * as v from 'valibot'

const SIGN_IN = v.object({ label: v.string(), name: v.string(), password: v.string() })
const CONFIG = v.object({ demo: v.object({ sign_ins: v.array(SIGN_IN) }) })
export type DemoSignIn = v.InferOutput<typeof SIGN_IN>

/** The sign-ins of a demo database; none elsewhere, and none while offline. */
export async function demoSignIns(): Promise<DemoSignIn[]> {
  try {
    const answer = await fetch('/config.json', { cache: 'no-store' })
    const config: unknown = await answer.json()
    return v.is(CONFIG, config) ? config.demo.sign_ins : []
  }
  catch {
    return []
  }
}
