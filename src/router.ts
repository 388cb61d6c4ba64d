import type { Router } from 'vue-router'
import { createRouter, createWebHistory, START_LOCATION } from 'vue-router'
import { leaveSheets, pageShown, watchBack } from '#components/ui/backCloses.ts'
import { loadWords } from '#i18n/index.ts'
import { coordinatorRoutes } from './views/coordinatorRoutes.ts'
import { reportRoutes } from './views/reportRoutes.ts'
import { responderRoutes } from './views/responderRoutes.ts'
import { todayRoutes } from './views/todayRoutes.ts'
import { togetherRoutes } from './views/togetherRoutes.ts'

/**
 * The staff app's router. A person who is not signed in is led to the sign-in page and back again; pages marked `open`
 * need nobody. Pages marked `light` live from the phone alone; the others wait for the connection (`ready`). Who
 * `leads` starts at their own page (landing.ts) when they open the app; a reload stays where it is.
 */
export function makeRouter(signedIn: () => boolean, ready: Promise<unknown>, leads: () => boolean): Router {
  // the router writes its own state into the history at once; a reload finds one
  const fresh = window.history.state === null
  watchBack()
  const router = createRouter({
    history: createWebHistory(),
    routes: [...responderRoutes, ...reportRoutes, ...coordinatorRoutes, ...todayRoutes, ...togetherRoutes, {
      path: '/:rest(.*)*',
      name: 'not-found',
      component: () => import('./views/shell/NotFound.vue'),
      meta: { open: true, light: true },
    }],
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })
  router.beforeEach(async (to, from) => {
    await leaveSheets()
    if (to.meta.light !== true) await ready
    if (to.name !== 'duty') await loadWords()
    if (fresh && from === START_LOCATION && to.name === 'duty' && signedIn() && leads()) return { name: 'landing' }
    if (to.meta.open === true || signedIn()) return true
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
  })
  router.afterEach((to, from) => pageShown(to.path === from.path))
  return router
}
