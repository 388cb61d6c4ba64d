import type { Ref, ShallowRef } from 'vue'
import type { StoredRow } from '#queries/live.ts'
import type { PersonFault, PersonForm } from './personFields.ts'
import { reactive, ref, shallowRef, watch } from 'vue'
import { useRouter } from 'vue-router'
import { saveResponder, twinOf } from '#actions/responders.ts'
import { once } from '#components/ui/once.ts'
import { useI18n, useSetbackText } from '#i18n/useI18n.ts'
import { pinyinOf } from '#io/text.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { personRow } from '#queries/people.ts'
import { useNotice } from '#stores/notice.ts'
import { useDeps } from '#views/shell/deps.ts'
import { useFormDraft } from '#views/shell/useFormDraft.ts'
import { personForm, readPersonForm } from './personFields.ts'

export interface PersonEditor {
  /** the person that is changed; null for a new one, undefined while this phone looks */
  readonly known: StoredRow<'responder_lead'> | null | undefined
  form: PersonForm
  faults: PersonFault[]
  error: string | null
  /** the record that already has the number; '' when this phone does not know it */
  twin: { id: string, name: string } | null
  busy: boolean
  /** something differs from what is known */
  readonly changed: boolean
  save: () => Promise<unknown>
  /** puts back what is known, and keeps nothing of what was typed */
  restore: () => Promise<void>
}

interface Base { of: string | null, row: StoredRow<'responder_lead'> | null }
/** What the form began with, and whose it is: a sync under the form must not take back what is being typed. */
function useBase(
  known: Ref<StoredRow<'responder_lead'> | null | undefined>, id: () => string | null,
): ShallowRef<Base | null> {
  const base = shallowRef<Base | null>(null)
  watch([known, id], ([row]) => {
    if (row === undefined || base.value?.of === id()) return
    if (id() === null || row?.id === id()) base.value = { of: id(), row: id() === null ? null : row }
  }, { immediate: true })
  return base
}

/**
 * The form of one person: read from this phone, saved on the server now or not at all. What was typed stays until
 * then, on the disk too.
 */
export function usePersonForm(id: () => string | null, community: () => string | null): PersonEditor {
  const deps = useDeps()
  const db = useDb()
  const router = useRouter()
  const notice = useNotice()
  const { t } = useI18n()
  const text = useSetbackText()
  const known = useLiveQuery(async () => id() === null ? null : await personRow(db, id()!) ?? null, id)
  const form = ref(personForm(null))
  const faults = ref<PersonFault[]>([])
  const error = ref<string | null>(null)
  const twin = ref<PersonEditor['twin']>(null)
  const busy = ref(false)
  const newId = ref(deps.id())
  const base = useBase(known, id)
  function clear(): void {
    faults.value = []
    error.value = twin.value = null
  }
  watch(id, clear)
  const draft = useFormDraft(
    () => base.value && base.value.of === id() && community() ? `person:${id() ?? `new:${community()}`}` : null,
    form, () => personForm(base.value?.row ?? null), newId)

  async function write(server: NonNullable<typeof deps.server>, here: string): Promise<boolean> {
    const { fields, faults: wrong } = readPersonForm(form.value, base.value?.row ?? null)
    faults.value = wrong
    if (wrong.length > 0) return false
    if (fields.name !== undefined) Object.assign(fields, (await pinyinOf([fields.name]))[0])
    const answer = await saveResponder(server, id() ?? newId.value, here, fields)
    if (answer.status === 'applied') {
      notice.say(t('people.form.saved', { name: form.value.name.trim() }))
      deps.kick()
      await draft.forget()
      await router.replace({ name: 'people' })
      return true
    }
    const taken = answer.status === 'refused' && answer.code === 'taken' ? twinOf(answer.detail) : null
    if (taken) twin.value = { id: taken, name: (await personRow(db, taken))?.name ?? '' }
    else error.value = text(answer)
    return false
  }
  const save = once(async () => {
    const here = community()
    error.value = deps.server && here ? null : t('shell.needsNetwork')
    twin.value = null
    if (!deps.server || !here) return false
    busy.value = true
    try {
      return await write(deps.server, here)
    }
    finally {
      busy.value = false
    }
  })
  function restore(): Promise<void> {
    clear()
    return draft.forget()
  }
  return reactive({ known, form, faults, error, twin, busy, changed: draft.changed, save, restore })
}
