import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Where words lie: the app's by area, and the sender's, which is deployed on its own. */
const HOMES = ['src/i18n', 'supabase/functions/deliver/words']
export type Language = 'zh-CN' | 'en'

function flat(tree: object, at: string): [string, string][] {
  return Object.entries(tree).flatMap(([k, v]) =>
    typeof v === 'string' ? [[`${at}.${k}`, v] as [string, string]] : flat(v as object, `${at}.${k}`),
  )
}
function filesOf(home: string, language: Language): string[] {
  const folder = path.join(root, home, language)
  return home === HOMES[0]
    ? readdirSync(folder).filter(f => f.endsWith('.json')).map(f => path.join(folder, f))
    : [`${folder}.json`]
}

/** The area of each file of words, its name without `.json`; the sender's is `deliver`. */
export function areas(language: Language): Map<string, [string, string][]> {
  return new Map(HOMES.flatMap(home => filesOf(home, language).map((file): [string, [string, string][]] => {
    const area = home === HOMES[0] ? path.basename(file, '.json') : 'deliver'
    return [area, flat(JSON.parse(readFileSync(file, 'utf8')) as object, area)]
  })))
}

/** Every text of a language by its key 'area.part.word'; a list has numbers as its last parts. */
export function messages(language: Language): Map<string, string> {
  return new Map([...areas(language).values()].flat())
}
