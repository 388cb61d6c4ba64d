import type { RouteLocationRaw } from 'vue-router'
import type { MyNotice } from '#domain/rows.ts'

/** Where a notice is acted upon; null = reading it is all there is to do. */
export function noticeTarget(n: Pick<MyNotice, 'action' | 'kind' | 'subject_id'>): RouteLocationRaw | null {
  switch (n.action) {
    case 'answer': return { name: 'callout', params: { offer: n.subject_id } }
    case 'confirm':
    case 'check_in': return { name: 'shift', params: { assignment: n.subject_id } }
    case 'take_hold': return { name: 'duty' }
    case 'look': return { name: 'board' }
    case 'renew': return { name: 'mode' }
    default: return null // got_it, and what a newer server may add
  }
}
