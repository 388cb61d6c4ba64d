import type { ComputedRef, Ref } from 'vue'
import type { Candidate } from '#components/roster/candidate.ts'
import type { Block, KnownTurn, Soft } from '#components/roster/judge.ts'
import type { Matrix, MatrixShift } from '#components/roster/matrix.ts'
import type { ResponderLead } from '#domain/rows.ts'
import { computed } from 'vue'
import { findPeople } from '#components/roster/findPeople.ts'
import { judge } from '#components/roster/judge.ts'
import { useTimeWords } from '#components/useTimeWords.ts'
import { assertNever } from '#domain/codes.ts'
import { spanText } from '#domain/timeText.ts'
import { useI18n } from '#i18n/useI18n.ts'

/** The people a coordinator may put on the chosen shift, with what stands against each, in words. */
export function useCandidates(people: Readonly<Ref<ResponderLead[]>>, matrix: Readonly<Ref<Matrix>>, shift: Readonly<Ref<MatrixShift | null>>, hours: Readonly<Ref<Map<string, number>>>, query: Readonly<Ref<string>>): ComputedRef<Candidate[]> {
  const { t } = useI18n()
  const words = useTimeWords()
  const turns = computed(() => turnsByPerson(matrix.value))
  function blockText(block: Block): string {
    switch (block.code) {
      case 'overlap': return t('roster.picker.overlap', { place: block.turn.place, span: spanText(block.turn, words.value) })
      case 'over_limit': return t('roster.picker.limit', { why: t(`duty.limit.${block.limit}`) })
      case 'already':
      case 'full_shift':
      case 'requested':
      case 'paused': return t(`roster.picker.${block.code}`)
      default: return assertNever(block)
    }
  }
  const softText = (soft: Soft): string => soft.code === 'resting' ? soft.limits.map(l => t(`duty.limit.${l}`)).join(t('shell.listComma')) : t('roster.picker.night')
  return computed(() => {
    const target = shift.value
    if (!target) return []
    const found = findPeople(people.value.map(p => ({ ...p, tail: p.phone_tail })), query.value)
    return found.map((p) => {
      const { blocked, soft } = judge(p, target, turns.value.get(p.id) ?? [])
      return { id: p.id, name: p.name, pinyin: p.pinyin, initials: p.initials, tail: p.tail, hours: Math.round(hours.value.get(p.id) ?? 0), blocked: blocked && blockText(blocked), soft: soft && softText(soft), tired: soft?.code === 'resting' }
    })
  })
}

function turnsByPerson(matrix: Matrix): Map<string, KnownTurn[]> {
  const turns = new Map<string, KnownTurn[]>()
  for (const group of matrix.groups) {
    for (const shift of group.rows.flatMap(r => r.cells)) {
      for (const person of shift?.people ?? []) {
        const turn: KnownTurn = { shift_id: shift!.id, place: group.place, starts_at: shift!.starts_at, ends_at: shift!.ends_at, state: person.state ?? 'accepted', on_post_at: null, off_post_at: null }
        turns.set(person.responder_id, [...turns.get(person.responder_id) ?? [], turn])
      }
    }
  }
  return turns
}
