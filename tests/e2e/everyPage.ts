const OPEN = [
  '/sign-in', '/i', '/reset', '/setup', '/me/feedback', '/me/about', '/report', '/receipt',
  '/no-such-page',
]
const RESPONDER = [
  '/', '/here', '/messages', '/queue', '/me', '/me/account', '/me/away', '/me/hours', '/me/calendar', '/me/wishes',
  '/me/password',
  '/me/record', '/me/record/print', '/me/reports', '/me/diagnostics', '/roster',
]
const COORDINATOR = [
  '/today', '/more', '/search', '/search?q=6',
  '/', '/board', '/roster', '/roster?view=month', '/callout/new', '/mode', '/people', '/people/new', '/places',
  '/calls', '/robots', '/import', '/messages', '/me', '/setup/steps',
  '/roster/print', '/roster/print?view=month', '/doors/print',
  '/ledger/handover', '/reports', '/organisations', '/organisations/new', '/units', '/units/new', '/council',
  '/council/new',
]
const LIAISON = ['/unit', '/unit/people', '/messages', '/me']
const OFFICER = ['/street', '/search', '/organisations', '/units', '/council', '/me']
const ADMIN = ['/admin', '/setup/steps', '/holidays']
/**
 * Every page by who sees it: what that person is called in the demonstration, null = nobody is signed in. A route that
 * is in no list makes a11y.test.ts fail.
 */
export const GROUPS: [string, string | null, string[]][] = [
  ['pages before signing in', null, OPEN],
  ['a responder', 'responder', RESPONDER],
  ['a coordinator', 'coordinator', COORDINATOR],
  ['a liaison', 'liaison', LIAISON],
  ['a street officer', 'street', OFFICER],
  ['an admin', 'admin', ADMIN],
]
