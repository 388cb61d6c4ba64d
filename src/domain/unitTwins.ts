import type { PartnerUnit } from './organisationRows.ts'

/** Shorter names are too common to be a part of another one. */
const LEAST = 4

function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function alike(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  return short === long || (short.length >= LEAST && long.includes(short))
}

/** Two records that may be of one unit: `from` came with a list, which says nothing of its kind. */
export interface Twin<U> { from: U, into: U }

/**
 * Which records of units that lists brought look like another one: the same name but for spaces and signs, or one name
 * inside the other. Each is proposed once; people decide, nothing is merged by itself.
 */
export function unitTwins<U extends Pick<PartnerUnit, 'id' | 'name' | 'kind' | 'state'>>(
  units: readonly U[],
): Twin<U>[] {
  const active = units.filter(u => u.state === 'active').map(u => ({ unit: u, name: folded(u.name) }))
  const proposed = new Set<string>()
  return active.filter(a => a.unit.kind === 'unknown').flatMap((a): Twin<U>[] => {
    const others = active.filter(b => b.unit.id !== a.unit.id && !proposed.has(b.unit.id) && alike(a.name, b.name))
    // a record that somebody has looked at stays
    const into = others.find(b => b.unit.kind !== 'unknown') ?? others[0]
    if (!into) return []
    proposed.add(a.unit.id)
    return [{ from: a.unit, into: into.unit }]
  })
}
