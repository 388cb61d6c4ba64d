import type { RouteRecordRaw } from 'vue-router'
import { KEEPER_ROLES } from '#domain/roles.ts'

/** Organisations, partner units and the council of a node, for who keeps them; all of it lives from the phone. */
export const togetherRoutes: RouteRecordRaw[] = [
  {
    path: '/organisations',
    name: 'organisations',
    component: () => import('./organisations/OrganisationsView.vue'),
    meta: { light: true, for: KEEPER_ROLES },
  },
  {
    path: '/organisations/new',
    name: 'organisation-new',
    component: () => import('./organisations/OrganisationForm.vue'),
    meta: { light: true, for: KEEPER_ROLES },
  },
  {
    path: '/organisations/:id',
    name: 'organisation',
    component: () => import('./organisations/OrganisationView.vue'),
    props: true,
    meta: { light: true, for: KEEPER_ROLES },
  },
  {
    path: '/organisations/:id/edit',
    name: 'organisation-edit',
    component: () => import('./organisations/OrganisationForm.vue'),
    props: true,
    meta: { light: true, for: KEEPER_ROLES },
  },
  {
    path: '/units',
    name: 'units',
    component: () => import('./organisations/UnitsView.vue'),
    meta: { light: true, for: KEEPER_ROLES },
  },
  {
    path: '/units/new',
    name: 'unit-new',
    component: () => import('./organisations/UnitForm.vue'),
    meta: { light: true, for: KEEPER_ROLES },
  },
  {
    path: '/units/:id',
    name: 'unit',
    // liaisons are appointed on the server
    component: () => import('./organisations/UnitView.vue'),
    props: true,
    meta: { for: KEEPER_ROLES },
  },
  {
    path: '/units/:id/edit',
    name: 'unit-edit',
    component: () => import('./organisations/UnitForm.vue'),
    props: true,
    meta: { light: true, for: KEEPER_ROLES },
  },
  {
    path: '/units/:id/wall',
    name: 'wall-print',
    component: () => import('./organisations/WallPrint.vue'),
    props: true,
    meta: { light: true },
  },
  {
    path: '/council',
    name: 'council',
    component: () => import('./organisations/CouncilView.vue'),
    meta: { light: true, for: KEEPER_ROLES },
  },
  {
    path: '/council/new',
    name: 'seat-new',
    component: () => import('./organisations/SeatForm.vue'),
    meta: { light: true, for: KEEPER_ROLES },
  },
  {
    path: '/council/:id/edit',
    name: 'seat-edit',
    component: () => import('./organisations/SeatForm.vue'),
    props: true,
    meta: { light: true, for: KEEPER_ROLES },
  },
]
