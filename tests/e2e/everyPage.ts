const OPEN = ['/sign-in', '/i', '/reset', '/setup', '/me/feedback', '/me/about', '/no-such-page']
const RESPONDER = [
  '/', '/here', '/messages', '/queue', '/me', '/me/account', '/me/away', '/me/hours', '/me/calendar', '/me/wishes',
  '/me/password',
  '/me/record', '/me/record/print', '/me/diagnostics', '/roster',
]
const COORDINATOR = [
  '/', '/board', '/roster', '/roster?view=month', '/callout/new', '/mode', '/people', '/people/new', '/places',
  '/calls', '/robots', '/import', '/messages', '/me', '/setup/steps',
  '/roster/print', '/roster/print?view=month', '/doors/print',
  '/ledger/handover',
]
const OFFICER = ['/street', '/me']
const ADMIN = ['/admin', '/setup/steps', '/holidays']
/**
 * Every page by who sees it: what that person is called in the demonstration, null = nobody is signed in. A route that
 * is in no list makes a11y.test.ts fail.
 */
export const GROUPS: [string, string | null, string[]][] = [
  ['pages before signing in', null, OPEN],
  ['a responder', 'responder', RESPONDER],
  ['a coordinator', 'coordinator', COORDINATOR],
  ['a street officer', 'street', OFFICER],
  ['an admin', 'admin', ADMIN],
]
