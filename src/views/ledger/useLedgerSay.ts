import type { ComputedRef } from 'vue'
import type { OrgUnit } from '#domain/rows.ts'
import type { LedgerSay } from './ledgerWords.ts'
import { computed } from 'vue'
import { orgTree, placeLabel } from '#domain/orgTree.ts'
import { useI18n, useTimeWords } from '#i18n/useI18n.ts'

/** The words of a ledger in the language now chosen, for the units of a community. */
export function useLedgerSay(units: () => readonly OrgUnit[]): ComputedRef<LedgerSay> {
  const { t } = useI18n()
  const words = useTimeWords()
  const tree = computed(() => orgTree(units()))
  const place = (id: string, post: string): string =>
    [tree.value.get(id) ? placeLabel(tree.value, id) : '', post].filter(Boolean).join(' ')
  return computed(() => ({ t, words: words.value, place }))
}
