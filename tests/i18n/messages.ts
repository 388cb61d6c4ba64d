import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Where words lie besides the app's: with each function, which is deployed on its own, by area. */
const FUNCTIONS = { deliver: 'supabase/functions/deliver/words', feed: 'supabase/functions/calendar/words' }
export type Language = 'zh-CN' | 'en'

function flat(tree: object, at: string): [string, string][] {
  return Object.entries(tree).flatMap(([k, v]) =>
    typeof v === 'string' ? [[`${at}.${k}`, v] as [string, string]] : flat(v as object, `${at}.${k}`),
  )
}
function filesOf(language: Language): [area: string, file: string][] {
  const app = path.join(root, 'src/i18n', language)
  const names = readdirSync(app).filter(f => f.endsWith('.json'))
  const ofApp = names.map(f => [path.basename(f, '.json'), path.join(app, f)])
  const ofFunctions = Object.entries(FUNCTIONS).map(([area, home]) => [area, path.join(root, home, `${language}.json`)])
  return [...ofApp, ...ofFunctions] as [string, string][]
}

/** The texts of each file of words by its area: its name without `.json`, or `deliver` and `feed` of the functions. */
export function areas(language: Language): Map<string, [string, string][]> {
  return new Map(filesOf(language).map(([area, file]) =>
    [area, flat(JSON.parse(readFileSync(file, 'utf8')) as object, area)]))
}

/** Every text of a language by its key 'area.part.word'; a list has numbers as its last parts. */
export function messages(language: Language): Map<string, string> {
  return new Map([...areas(language).values()].flat())
}
