import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { GENERATED } from '../../scripts/tokens.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const SOURCE = 'src/styles/tokens.css'
/** Style sheets and the components with styles in them, without the generated files. */
const sheets = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(f => /\.(?:css|vue)$/.test(f))
  .map(f => `src/${f}`)
  .filter(f => !(f in GENERATED))
/** The value of a token in the light theme, resolved through the tokens it names. */
const light = (name: string): string => {
  const first = new RegExp(`${name}:([^;]+);`).exec(read(SOURCE))![1]!.trim()
  const other = /^var\((--[\w-]+)\)$/.exec(first)?.[1]
  return other ? light(other) : first
}

describe('tokens', () => {
  it.each(Object.keys(GENERATED))('%s is what npm run tokens writes', (file) => {
    expect(read(file)).toBe(GENERATED[file]!())
  })

  it('are the only place that spells out their colours', () => {
    const colours = new Set((read(SOURCE).toLowerCase().match(/#[0-9a-f]{6}\b/g) ?? []).filter(c => c !== '#ffffff'))
    expect(colours.size).toBeGreaterThan(60)
    const copied = sheets.filter(f => f !== SOURCE).flatMap(f =>
      (read(f).toLowerCase().match(/#[0-9a-f]{6}\b/g) ?? []).filter(c => colours.has(c)).map(c => `${f} ${c}`),
    )
    expect(copied).toEqual([])
  })

  it('exist if a style names them', () => {
    const declared = new Set(
      [...sheets, ...Object.keys(GENERATED)].flatMap(f =>
        [...read(f).matchAll(/(--[\w-]+)['"]?\s*:/g)].map(m => m[1]!),
      ),
    )
    const lacking = sheets.flatMap(f =>
      [...read(f).matchAll(/var\((--[\w-]+)\s*\)/g)].filter(m => !declared.has(m[1]!)).map(m => `${f} ${m[1]}`),
    )
    expect(lacking).toEqual([])
  })

  it('are in the file of the residents\' page if that page names them', () => {
    const page = sheets.filter(f => f.startsWith('src/resident/'))
    const own = new Set(
      [...page, 'src/resident/style/tokens.css'].flatMap(f => [...read(f).matchAll(/(--[\w-]+)\s*:/g)].map(m => m[1]!)),
    )
    expect(
      page.flatMap(f =>
        [...read(f).matchAll(/var\((--[\w-]+)\s*\)/g)].filter(m => !own.has(m[1]!)).map(m => `${f} ${m[1]}`),
      ),
    ).toEqual([])
  })

  it('are the colours that a browser paints before the style sheet', () => {
    const manifest = JSON.parse(read('public/manifest.webmanifest')) as {
      theme_color: string,
      background_color: string,
    }
    expect(manifest).toMatchObject({ theme_color: light('--brand'), background_color: light('--bg') })
    for (const page of ['index.html', 'resident.html'])
      expect(/name="theme-color" content="([^"]+)"/.exec(read(page))?.[1]).toBe(light('--brand'))
  })
})
