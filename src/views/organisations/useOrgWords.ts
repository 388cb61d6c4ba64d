import type { IconName } from '#components/ui/kit.ts'
import type { PartyOrg } from '#domain/organisationRows.ts'
import type { Vacancy } from '#domain/partyTree.ts'
import { assertNever } from '#domain/codes.ts'
import { holdersOf, leadingPost, vacantDays } from '#domain/partyTree.ts'
import { useI18n } from '#i18n/useI18n.ts'

/** The sign of an organisation in the tree: what it hangs on, or what it is. */
export function orgIcon(org: PartyOrg): IconName {
  if (org.partner_unit_id !== null) return 'unit'
  switch (org.kind) {
    case 'work_committee':
    case 'committee': return 'flag'
    case 'general_branch':
    case 'branch':
    case 'joint_branch': return 'people'
    case 'group': return 'tower'
    case 'temporary': return 'whistle'
    default: return assertNever(org.kind)
  }
}

export interface OrgWords {
  /** who leads it, then the deputies: 书记 林岚 · 副书记 周志强 */
  leaders: (org: PartyOrg) => string
  /** what is missing, and for how many days where that is known */
  missing: (vacancy: Vacancy, today: string) => string
}

/** What the tree and the page of an organisation say of its posts. */
export function useOrgWords(): OrgWords {
  const { t } = useI18n()
  return {
    leaders: org => [...holdersOf(org, leadingPost(org.kind)), ...holdersOf(org, 'deputy')]
      .map(p => `${t(`organisation.post.${p.post}`)} ${p.name}`)
      .join(' · '),
    missing({ post, since }, today) {
      const word = t(`organisation.post.${post}`)
      return since === null
        ? t('organisation.gap.leader', { post: word })
        : t('organisation.gap.leaderDays', { post: word, n: vacantDays(since, today) })
    },
  }
}
