import type { ComputedRef, Ref } from 'vue'
import type { Draft } from './useDraft.ts'
import { computed } from 'vue'
import { useDraft } from './useDraft.ts'

/** A draft of a form. `changed`: something differs from what is known; `forget` puts that back. */
export interface FormDraft extends Draft { changed: ComputedRef<boolean> }

/**
 * Keeps a form that begins with what is known (`useDraft`). Only what differs from that is kept: what others changed in
 * the fields nobody touched shows when the form is opened again.
 * @param place where it is typed and about what; null = what is known is not here yet
 * @param form what stands in the fields, each of a kind that compares by ===
 * @param base what the form begins with; read again at each place
 * @param id of the record, the same for a new one through every try to send it
 */
export function useFormDraft<F extends object>(
  place: () => string | null, form: Ref<F>, base: () => F, id?: Ref<string>,
): FormDraft {
  form.value = { ...base() }
  const typed = computed<Partial<F>>({
    get() {
      const known = base()
      const all = Object.entries(form.value).filter(([key, value]) => value !== known[key as keyof F])
      return Object.fromEntries(all) as Partial<F>
    },
    set(kept) { form.value = { ...base(), ...kept } },
  })
  // an id alone is nothing that was typed
  const kept = computed<{ typed: Partial<F>, id?: string | undefined } | null>({
    get: () => Object.keys(typed.value).length === 0 ? null : { typed: typed.value, id: id?.value },
    set(value) {
      typed.value = value?.typed ?? {}
      if (id && value?.id) id.value = value.id
    },
  })
  return { ...useDraft(place, { kept }), changed: computed(() => Object.keys(typed.value).length > 0) }
}
