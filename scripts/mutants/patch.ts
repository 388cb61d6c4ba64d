import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** One place of a patch: the lines `old` become the lines `new`. */
interface Hunk { file: string, old: string, new: string }
/** A way to break the code on purpose. */
export interface Mutant {
  /** File name without `.patch`. */
  name: string
  /** What it breaks. */
  breaks: string
  /** Test files; at least one must fail. */
  tests: string[]
  hunks: Hunk[]
}

/**
 * Reads `# breaks:`, `# killed by:` and the hunks of a unified diff, which need no line numbers: see docs/mutants.md.
 * Throws if one of them is missing.
 */
export function parseMutant(name: string, text: string): Mutant {
  const mutant: Mutant = { name, breaks: '', tests: [], hunks: [] }
  let file = ''
  for (const line of text.split('\n')) {
    const hunk = mutant.hunks.at(-1)
    if (line.startsWith('# breaks: ')) mutant.breaks = line.slice(10)
    else if (line.startsWith('# killed by: ')) mutant.tests = line.slice(13).split(' ')
    else if (line.startsWith('--- ')) file = line.slice(4).replace(/^a\//, '')
    else if (line.startsWith('@@')) mutant.hunks.push({ file, old: '', new: '' })
    else if (hunk && !line.startsWith('+++ ')) grow(hunk, line)
  }
  if (!mutant.breaks || mutant.tests.length === 0 || mutant.hunks.length === 0)
    throw new Error(`${name}: needs "# breaks:", "# killed by:" and a hunk`)
  return mutant
}

function grow(hunk: Hunk, line: string): void {
  const sign = line[0] ?? ''
  if (' -'.includes(sign) && sign) hunk.old += `${line.slice(1)}\n`
  if (' +'.includes(sign) && sign) hunk.new += `${line.slice(1)}\n`
}

/** Reads every patch of a folder, in the order of their names. */
export function readMutants(folder: string): Mutant[] {
  const files = readdirSync(folder).filter(file => file.endsWith('.patch')).sort()
  return files.map(file => parseMutant(file.replace('.patch', ''), readFileSync(path.join(folder, file), 'utf8')))
}

/** The texts of the files that a mutant changes, by path. Throws unless each place is found exactly once. */
export function patched(root: string, mutant: Mutant): Map<string, string> {
  const files = new Map<string, string>()
  for (const { file, old, new: changed } of mutant.hunks) {
    const text = files.get(file) ?? readFileSync(path.join(root, file), 'utf8').replaceAll('\r\n', '\n')
    const found = `\n${text}`.split(`\n${old}`).length - 1
    if (old === '' || old === changed) throw new Error(`${mutant.name}: a place in ${file} changes nothing`)
    if (found !== 1)
      throw new Error(`${mutant.name}: its place in ${file} was found ${found} times. Refresh the patch:\n${old}`)
    files.set(file, `\n${text}`.replace(`\n${old}`, () => `\n${changed}`).slice(1))
  }
  return files
}
