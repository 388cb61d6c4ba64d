import type { RouteRecordRaw } from 'vue-router'
import { KEEPER_ROLES, LEAD_ROLES, MODE_ROLES, OFFICER_ROLES } from '#domain/roles.ts'

/** The screens of coordinators, officers and admins, and the roster everybody reads; each fetched when it is opened. */
export const coordinatorRoutes: RouteRecordRaw[] = [
  {
    path: '/roster',
    name: 'roster',
    component: () => import('./roster/RosterView.vue'),
    meta: { light: true, for: ['member'] },
  },
  {
    path: '/roster/print',
    name: 'roster-print',
    component: () => import('./print/RosterPrint.vue'),
    meta: { light: true },
  },
  {
    path: '/board',
    name: 'board',
    component: () => import('./board/BoardView.vue'),
    meta: { light: true, for: ['member'] },
  },
  {
    path: '/callout/new',
    name: 'callout-start',
    component: () => import('./callout-new/CalloutStart.vue'),
    meta: { light: true, for: ['coordinator'] },
  },
  {
    path: '/callout/:id/report',
    name: 'callout-report',
    component: () => import('./report/ReportView.vue'),
    meta: { for: MODE_ROLES },
  },
  {
    path: '/callout/:id/ledger',
    name: 'callout-ledger',
    component: () => import('./ledger/CalloutLedger.vue'),
    meta: { light: true, for: ['coordinator'] },
  },
  {
    path: '/ledger/handover',
    name: 'handover-ledger',
    component: () => import('./ledger/HandoverLedger.vue'),
    meta: { light: true, for: ['coordinator'] },
  },
  {
    path: '/calls',
    name: 'calls',
    component: () => import('./calls/CallsView.vue'),
    meta: { light: true, for: ['coordinator'] },
  },
  {
    path: '/robots',
    name: 'robots',
    component: () => import('./robots/RobotsView.vue'),
    meta: { for: ['coordinator'] },
  },
  {
    path: '/mode',
    name: 'mode',
    component: () => import('./callout-new/ModeView.vue'),
    meta: { light: true, for: MODE_ROLES },
  },
  { path: '/people', name: 'people', component: () => import('./people/PeopleView.vue'), meta: { for: LEAD_ROLES } },
  {
    path: '/people/new',
    name: 'person-new',
    component: () => import('./people/PersonFormView.vue'),
    meta: { for: ['coordinator'] },
  },
  {
    path: '/people/:id/edit',
    name: 'person-edit',
    component: () => import('./people/PersonFormView.vue'),
    props: true,
    meta: { for: ['coordinator'] },
  },
  {
    path: '/people/:id/proxy',
    name: 'person-proxy',
    component: () => import('./proxy/ProxyView.vue'),
    props: true,
    meta: { light: true, for: ['coordinator'] },
  },
  {
    path: '/people/:id/card',
    name: 'person-card',
    component: () => import('./print/ProxyCard.vue'),
    props: true,
    meta: { light: true, for: ['coordinator'] },
  },
  {
    path: '/places',
    name: 'places',
    component: () => import('./places/PlacesView.vue'),
    meta: { for: ['coordinator'] },
  },
  {
    path: '/import',
    name: 'import',
    component: () => import('./import/ImportView.vue'),
    meta: { for: [...KEEPER_ROLES, 'admin'] },
  },
  {
    path: '/doors/print',
    name: 'doors-print',
    component: () => import('./print/DoorPrint.vue'),
    meta: { light: true },
  },
  {
    path: '/street',
    name: 'street',
    component: () => import('./street/StreetView.vue'),
    meta: { light: true, for: OFFICER_ROLES },
  },
  {
    path: '/admin',
    name: 'admin',
    component: () => import('./admin/AdminView.vue'),
    meta: { for: ['admin', ...OFFICER_ROLES] },
  },
  {
    path: '/holidays',
    name: 'holidays',
    component: () => import('./holidays/HolidaysView.vue'),
    meta: { for: ['admin'] },
  },
  {
    path: '/setup/steps',
    name: 'setup-steps',
    component: () => import('./admin/SetupSteps.vue'),
    meta: { for: ['admin', 'coordinator'] },
  },
]
