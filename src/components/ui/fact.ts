import type { IconName } from './icons.ts'

/** One line of a shift: `label` is the icon's word for screen readers, `call` a tel: link with its full name. */
export interface Fact {
  key: string, icon: IconName, label: string, value: string, small?: string | null
  call?: { href: string, text: string, name: string } | null
}
