import type { InjectionKey, Ref } from 'vue'

/** Whether what the form around it began still runs. */
export const FORM_RUNS: InjectionKey<Readonly<Ref<boolean>>> = Symbol('form runs')
