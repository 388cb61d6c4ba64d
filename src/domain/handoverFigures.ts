/** Damm's quasigroup of order 10 (H. M. Damm, 2004): finds every wrong digit and every two neighbours exchanged. */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
]
const damm = (digits: string): number => [...digits].reduce((state, d) => Number(DAMM[state]![Number(d)]), 0)

/** Five figures and the one that checks them. */
export const withCheck = (five: string): string => five + damm(five)

/** What a code stands for: the leaving assignment; the relief's answer to it. */
export type HandoverStep = { kind: 'give', from: string } | { kind: 'take', from: string, to: string }

/** The six figures said aloud where no camera can be used: five of a hash of the ids, one that checks them. */
export function handoverFigures(what: HandoverStep): string {
  const ids = what.kind === 'give' ? what.from : `${what.from}:${what.to}`
  let hash = 0x811C9DC5 // FNV-1a
  for (const char of `${what.kind}:${ids}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0
  return withCheck(String(hash % 100_000).padStart(5, '0'))
}

/** Figures as a person types them, with spaces or full-width digits; null when they are not six or one is wrong. */
export function typedFigures(text: string): string | null {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '')
  return /^\d{6}$/.test(plain) && damm(plain) === 0 ? plain : null
}

/**
 * Which of the candidates the typed figures mean; null for a mistyped or foreign code, and where two candidates share
 * their figures.
 * @param text what was typed
 * @param candidates what it may mean
 * @param step what the figures of one candidate stand for
 */
export function whoseFigures<T>(
  text: string, candidates: readonly T[], step: (candidate: T) => HandoverStep,
): T | null {
  const figures = typedFigures(text)
  const meant = candidates.filter(c => handoverFigures(step(c)) === figures)
  return meant.length === 1 ? meant[0]! : null
}
