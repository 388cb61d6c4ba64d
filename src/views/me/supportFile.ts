import type { Diagnosis } from '#queries/diagnosis.ts'

/** What the page knows beside the diagnosis. */
export interface Surroundings { status: { state: string }, at: Date, agent: string, language: string, screen: string }

/** The file for support: the same numbers and codes as the page, as JSON. `name` carries the moment. */
export function supportFile(
  found: Diagnosis,
  { status, at, agent, language, screen }: Surroundings,
): { name: string, text: string } {
  const about = { app: __APP_VERSION__, made_at: at.toISOString(), state: status.state, agent, language, screen }
  return {
    name: `redwhistle-${at.toISOString().slice(0, 16).replace(/\D/g, '')}.json`,
    text: JSON.stringify({ ...about, ...found }, null, 2),
  }
}
