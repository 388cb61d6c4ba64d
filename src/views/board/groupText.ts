import type { GapLine } from '#components/board/place.ts'
import type { Say } from '#i18n/keys.ts'

/** Gaps that a group is told of in one message; a longer one is not read. */
const MOST = 20

/**
 * Text for the group chat (R26): places and a link, never a name or a phone. Real duty and drills are counted and
 * listed apart (R35), so that nobody hurries to a drill and nobody takes a real gap for one.
 * `gaps`: the most pressing first; `of`: the community's name and the page to open.
 */
export function groupText(
  gaps: readonly GapLine[], of: { name: string, url: string }, t: Say,
): string {
  const part = (some: GapLine[], mark: string): string[] => {
    if (some.length === 0 && mark !== '') return []
    const head = t('board.share.head', { name: of.name, n: some.reduce((n, g) => n + g.missing, 0) })
    const lines = some.slice(0, MOST).map(g =>
      t('board.share.line', { place: g.place, post: g.post, when: g.at, n: g.missing }),
    )
    return [mark + head, ...lines]
  }
  const [real, drill] = [gaps.filter(g => !g.drill), gaps.filter(g => g.drill)]
  return [
    ...real.length > 0 || drill.length === 0 ? part(real, '') : [],
    ...part(drill, t('shell.mode.drillMark')),
    t('board.share.tail', { url: of.url }),
  ].join('\n')
}
