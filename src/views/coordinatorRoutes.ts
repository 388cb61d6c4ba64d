import type { RouteRecordRaw } from 'vue-router'

/** The screens of coordinators, officers and admins, and the roster everybody reads; each fetched when it is opened. */
export const coordinatorRoutes: RouteRecordRaw[] = [
  { path: '/roster', name: 'roster', component: () => import('./roster/RosterView.vue') },
  { path: '/roster/print', name: 'roster-print', component: () => import('./print/RosterPrint.vue') },
  { path: '/board', name: 'board', component: () => import('./board/BoardView.vue') },
  { path: '/callout/new', name: 'callout-start', component: () => import('./callout-new/CalloutStart.vue') },
  { path: '/mode', name: 'mode', component: () => import('./callout-new/ModeView.vue') },
  { path: '/people', name: 'people', component: () => import('./people/PeopleView.vue') },
  { path: '/import', name: 'import', component: () => import('./import/ImportView.vue') },
  { path: '/doors/print', name: 'doors-print', component: () => import('./print/DoorPrint.vue') },
  { path: '/street', name: 'street', component: () => import('./street/StreetView.vue') },
  { path: '/admin', name: 'admin', component: () => import('./admin/AdminView.vue') },
  { path: '/setup/steps', name: 'setup-steps', component: () => import('./admin/SetupSteps.vue') },
]
