import type { ChunkingContext, CodeSplittingGroup } from 'rolldown'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..')
const MAIN = path.join(ROOT, 'src/main.ts')
const RESIDENT = path.join(ROOT, 'src/resident/main.ts')

/** What these modules need, with themselves; `later` = also what they load later. */
function needs(of: readonly string[], graph: ChunkingContext, later = false): Set<string> {
  const found = new Set(of)
  for (const id of found) {
    const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(id) ?? {}
    for (const next of later ? [...importedIds, ...dynamicallyImportedIds] : importedIds) found.add(next)
  }
  return found
}

/** The area of a page or sheet that is loaded later: `roster` of src/views/roster/…; else the module itself. */
const areaOf = (id: string): string => /[\\/]src[\\/]views[\\/]([\w-]+)[\\/]/.exec(id)?.[1] ?? id

/** The areas whose pages need a module, for each module. */
function areasByModule(staff: Set<string>, graph: ChunkingContext): Map<string, Set<string>> {
  const areas = new Map<string, Set<string>>()
  for (const page of [...staff].filter(id => (graph.getModuleInfo(id)?.dynamicImporters ?? []).length > 0)) {
    for (const id of needs([page], graph)) areas.set(id, (areas.get(id) ?? new Set()).add(areaOf(page)))
  }
  return areas
}

/** The name of each module's file; null = the bundler chooses, as for words and libraries that are loaded later. */
function nameFiles(graph: ChunkingContext): (id: string) => string | null {
  const staff = needs([MAIN], graph, true)
  const first = needs([MAIN], graph)
  const residents = needs([RESIDENT], graph)
  const areas = areasByModule(staff, graph)
  return (id) => {
    if (residents.has(id)) return staff.has(id) ? 'both' : null
    if (first.has(id)) return 'first'
    const [area, ...others] = areas.get(id) ?? []
    if (area === undefined) return null
    if (others.length === 0) return path.isAbsolute(area) ? null : area
    return others.length < 3 ? 'few' : others.length < 8 ? 'some' : 'often'
  }
}

let names: ReturnType<typeof nameFiles> | undefined
const nameOf = (id: string, graph: ChunkingContext): string | null => (names ??= nameFiles(graph))(id)

/** Files that are made before those of areas, in this order: each takes what its modules need and none has taken. */
const SHARED = ['both', 'first', 'often', 'some', 'few']

/**
 * How the app is cut into files. A phone keeps each file by itself (src/sw/sw.ts), which costs it a request, a lookup
 * and a write; so there is one for the first load, one for each area of pages, and three for what areas share, by how
 * many do. `both` = what the residents' page needs of it. No two files need each other.
 */
export const CHUNKS: CodeSplittingGroup[] = [
  ...SHARED.map((one, i) => ({
    name: (id: string, graph: ChunkingContext) => nameOf(id, graph) === one ? one : null,
    priority: SHARED.length - i,
  })),
  { name: nameOf },
]
