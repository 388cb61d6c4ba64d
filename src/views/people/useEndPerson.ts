import type { ReleasedLine } from '#components/people/released.ts'
import type { ResponderLead } from '#domain/rows.ts'
import { reactive, ref } from 'vue'
import { dutyOf, endResponder } from '#actions/responders.ts'
import { serverNow } from '#clock/clock.ts'
import { releasedLines } from '#components/people/released.ts'
import { once } from '#components/ui/once.ts'
import { useI18n, useSetbackText, useTimeWords } from '#i18n/useI18n.ts'
import { useNotice } from '#stores/notice.ts'
import { useDeps } from '#views/shell/deps.ts'

export interface PersonEnd {
  asking: boolean
  /** what would be given back; null until the server named it */
  duty: ReleasedLine[] | null
  /** the roles that would end, with where they are held */
  roles: string[]
  error: string | null
  /** true: they are off the list; false: refused; undefined: the server named what would be lost */
  run: () => Promise<boolean | undefined>
}

/** Taking a person off the list: coming duty is shown first, and given back by name with the second press. */
export function useEndPerson(person: () => ResponderLead, community: () => string | null): PersonEnd {
  const deps = useDeps()
  const notice = useNotice()
  const { t } = useI18n()
  const words = useTimeWords()
  const text = useSetbackText()
  const asking = ref(false)
  const duty = ref<ReleasedLine[] | null>(null)
  const roles = ref<string[]>([])
  const error = ref<string | null>(null)
  const run = once(async () => {
    const here = community()
    error.value = deps.server && here ? null : t('shell.needsNetwork')
    if (!deps.server || !here) return false
    const answer = await endResponder(deps.server, person().id, here, duty.value !== null)
    if (answer.status === 'applied') {
      const { name } = person()
      const n = answer.released.length
      notice.say(n ? t('people.end.released', { name, n }) : t('people.end.done', { name }))
      deps.kick()
      return true
    }
    const ahead = answer.status === 'refused' && answer.code === 'has_duty' ? dutyOf(answer.detail) : null
    if (ahead) {
      duty.value = releasedLines(ahead.duty, serverNow(), words.value)
      roles.value = ahead.roles.map(r => `${t(`shell.role.${r.role}`)} · ${r.place_name}`)
      return undefined
    }
    error.value = answer.status === 'refused' && answer.code === 'invalid' ? t('people.end.onPost') : text(answer)
    return false
  })
  return reactive({ asking, duty, roles, error, run })
}
