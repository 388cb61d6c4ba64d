import type { Router } from 'vue-router'
import { createRouter, createWebHistory } from 'vue-router'
import { leaveSheets, pageShown, watchBack } from '#components/ui/backCloses.ts'
import { coordinatorRoutes } from './views/coordinatorRoutes.ts'
import { responderRoutes } from './views/responderRoutes.ts'

/**
 * The staff app's router. A person who is not signed in is led to the sign-in page and back again; pages marked `open`
 * need nobody. Pages marked `light` live from the phone alone; the others wait for the connection (`ready`).
 */
export function makeRouter(signedIn: () => boolean, ready: Promise<unknown>): Router {
  watchBack()
  const router = createRouter({
    history: createWebHistory(),
    routes: [...responderRoutes, ...coordinatorRoutes, {
      path: '/:rest(.*)*',
      name: 'not-found',
      component: () => import('./views/shell/NotFound.vue'),
      meta: { open: true, light: true },
    }],
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
  router.beforeEach(async (to) => {
    await leaveSheets()
    if (to.meta.light !== true) await ready
    if (to.meta.open === true || signedIn()) return true
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  })
  router.afterEach((to, from) => pageShown(to.path === from.path))
  return router
}
