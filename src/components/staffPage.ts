import type { RouteLocationRaw } from 'vue-router'
import type { IconName } from './ui/kit.ts'

/**
 * One place of the main navigation; `on` = whether it shows on the desktop rail, on the tab bar of a phone, or on both;
 * `apart`: a line stands before it on the rail; `count` = what needs me.
 */
export interface NavItem {
  key: string, icon: IconName, label: string, to: RouteLocationRaw, current: boolean, count: number
  on: 'both' | 'rail' | 'tabs', apart: boolean
}

/**
 * What the sync line says. `at` = server time of the data on this phone, ISO; `pending` = intents not yet consumed,
 * `trouble` = refused ones that wait for a look, `aside` = rows this phone cannot keep.
 * `never` = nothing has been fetched yet, `silent` = all is here, but no doorbell is heard.
 */
export interface SyncView {
  phase:
    | 'never'
    | 'synced'
    | 'silent'
    | 'sending'
    | 'offline'
    | 'signed_out'
    | 'held'
    | 'waiting'
    | 'renewing'
    | 'error'
    | 'full'
    | 'outsider'
    | 'upgrade'
  pending: number
  trouble: number
  aside: number
  at: string | null
}
