import type { RouteRecordRaw } from 'vue-router'
import MyDuty from './duty/MyDuty.vue'

/** Routes of every person. `open` = reachable without signing in. Only 我的班 travels with the first load. */
export const responderRoutes: RouteRecordRaw[] = [
  { path: '/', name: 'duty', component: MyDuty, meta: { light: true } },
  {
    path: '/start',
    name: 'landing',
    component: () => import('./shell/LandingView.vue'),
    meta: { light: true },
  },
  {
    path: '/callout/:offer',
    name: 'callout',
    component: () => import('./duty/CalloutView.vue'),
    props: true,
    meta: { light: true },
  },
  {
    path: '/duty/:assignment',
    name: 'shift',
    component: () => import('./duty/ShiftView.vue'),
    props: true,
    meta: { light: true },
  },
  { path: '/here', name: 'here', component: () => import('./duty/HereView.vue'), meta: { light: true } },
  { path: '/messages', name: 'messages', component: () => import('./me/MessagesView.vue'), meta: { light: true } },
  { path: '/queue', name: 'queue', component: () => import('./me/QueueView.vue'), meta: { light: true } },
  { path: '/me', name: 'me', component: () => import('./me/MeView.vue') },
  { path: '/me/feedback', name: 'feedback', component: () => import('./me/FeedbackView.vue'), meta: { open: true } },
  { path: '/me/about', name: 'about', component: () => import('./me/AboutView.vue'), meta: { open: true } },
  { path: '/me/diagnostics', name: 'diagnostics', component: () => import('./me/DiagnosticsView.vue') },
  { path: '/me/away', name: 'away', component: () => import('./absence/AwayView.vue') },
  { path: '/me/wishes', name: 'wishes', component: () => import('./wishes/WishesView.vue') },
  { path: '/me/calendar', name: 'calendar', component: () => import('./calendar/CalendarView.vue') },
  { path: '/me/hours', name: 'hours', component: () => import('./availability/HoursView.vue') },
  { path: '/me/record', name: 'record', component: () => import('./record/RecordView.vue') },
  { path: '/me/record/print', name: 'record-print', component: () => import('./print/RecordPrint.vue') },
  { path: '/me/password', name: 'password', component: () => import('./me/PasswordView.vue') },
  { path: '/me/account', name: 'account', component: () => import('./me/AccountView.vue') },
  { path: '/sign-in', name: 'sign-in', component: () => import('./auth/SignIn.vue'), meta: { open: true } },
  { path: '/i', name: 'invitation', component: () => import('./auth/InvitationView.vue'), meta: { open: true } },
  { path: '/reset', name: 'reset', component: () => import('./auth/ResetPassword.vue'), meta: { open: true } },
  { path: '/setup', name: 'setup', component: () => import('./auth/SetupView.vue'), meta: { open: true } },
]
