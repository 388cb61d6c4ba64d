export interface DemoSignIn { label: string, name: string, password: string }

/** The sign-ins of a demo database; none elsewhere, and none while offline. */
export async function demoSignIns(): Promise<DemoSignIn[]> {
  try {
    const answer = await fetch('/config.json', { cache: 'no-store' })
    const config = await answer.json() as { demo?: { sign_ins?: DemoSignIn[] } | false }
    return config.demo ? config.demo.sign_ins ?? [] : []
  }
  catch {
    return []
  }
}
