import type { RouteLocationRaw } from 'vue-router'
import type { IconName } from './ui/icons.ts'

/** One place of the main navigation; `wide` ones show on the desktop rail only; `count` = what needs me. */
export interface NavItem {
  key: string, icon: IconName, label: string, to: RouteLocationRaw, current: boolean, count: number, wide: boolean
}
