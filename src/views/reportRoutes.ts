import type { RouteRecordRaw } from 'vue-router'
import { LEAD_ROLES } from '#domain/roles.ts'

/** Reporting in (报到): the page behind a code, receipts, and the community's list of reports to confirm. */
export const reportRoutes: RouteRecordRaw[] = [
  {
    path: '/report',
    name: 'report-page',
    component: () => import('./reporting/ReportPage.vue'),
    meta: { open: true, light: true },
  },
  { path: '/receipt', name: 'receipt', component: () => import('./reporting/ReceiptView.vue'), meta: { open: true } },
  {
    path: '/me/reports',
    name: 'my-reports',
    component: () => import('./reporting/MyReportsView.vue'),
    meta: { light: true },
  },
  {
    path: '/reports',
    name: 'reports',
    component: () => import('./reporting/ReportsView.vue'),
    meta: { light: true, for: LEAD_ROLES },
  },
  {
    path: '/reports/:id/print',
    name: 'receipt-print',
    component: () => import('./reporting/ReceiptPrint.vue'),
    props: true,
    meta: { light: true, for: LEAD_ROLES },
  },
]
