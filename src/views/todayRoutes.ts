import type { RouteRecordRaw } from 'vue-router'
import { LEAD_ROLES, OFFICER_ROLES } from '#domain/roles.ts'

/** 今天 and what it leads to, and the pages of a partner unit's liaison; each fetched when it is opened. */
export const todayRoutes: RouteRecordRaw[] = [
  {
    path: '/today',
    name: 'today',
    component: () => import('./today/TodayView.vue'),
    meta: { light: true, for: LEAD_ROLES },
  },
  { path: '/more', name: 'more', component: () => import('./today/MoreView.vue'), meta: { light: true } },
  {
    path: '/search',
    name: 'search',
    component: () => import('./today/SearchView.vue'),
    meta: { light: true, for: [...LEAD_ROLES, ...OFFICER_ROLES] },
  },
  {
    path: '/unit',
    name: 'own-unit',
    component: () => import('./unit/OwnUnitView.vue'),
    meta: { light: true, for: ['liaison'] },
  },
  {
    path: '/unit/people',
    name: 'own-people',
    component: () => import('./unit/OwnPeopleView.vue'),
    meta: { for: ['liaison'] },
  },
]
