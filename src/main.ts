import type { Gateway } from '#gateway/gateway.ts'
import type { Connection } from '#gateway/supabase.ts'
import type { Session } from '#sync/session.ts'
import type { Deps } from './views/shell/deps.ts'
import type { MissingPart } from './views/shell/watchParts.ts'
import { createPinia } from 'pinia'
import { computed, createApp, h, ref, shallowRef } from 'vue'
import { sealKey, signIn } from '#actions/signIn.ts'
import { serverNow } from '#clock/clock.ts'
import { watchPresses } from '#components/ui/presses.ts'
import { noteDefect } from '#db/defects.ts'
import { signOut } from '#gateway/auth.ts'
import { loadConfig } from '#gateway/config.ts'
import { deferredGateway } from '#gateway/gateway.ts'
import { forgetOwner, onOwner, tokens } from '#gateway/session.ts'
import { i18n, loadWords } from '#i18n/index.ts'
import { dropOldDrafts } from '#queries/draftRows.ts'
import { dropOldNotes } from '#queries/handoverNote.ts'
import { DB } from '#queries/live.ts'
import { useNotice } from '#stores/notice.ts'
import { useSessionStore } from '#stores/session.ts'
import { useSyncStore } from '#stores/sync.ts'
import { clearPhone, ownSeal } from '#sync/handOver.ts'
import { keepData, leavePhone, newId, openSession } from '#sync/session.ts'
import App from './App.vue'
import { makeRouter } from './router.ts'
import { reportsWait } from './views/reporting/reportBox.ts'
import { DEPS } from './views/shell/deps.ts'
import { watchErrors } from './views/shell/watchErrors.ts'
import { watchForUpdate, whenIdle } from './views/shell/watchForUpdate.ts'
import { partsOf, watchParts } from './views/shell/watchParts.ts'
import './styles/index.css'

const pinia = createPinia()
const session = useSessionStore(pinia)
const syncStore = useSyncStore(pinia)
const person = shallowRef<Session | null>(null)
const waiting = ref<(() => void) | null>(null)
const missing = shallowRef<MissingPart | null>(null)
let connection: Connection | null = null
let features: Record<string, boolean> = {}
let pushKey = ''

/** Something the server answered has another shape than this app knows. */
function unreadable(name: string, field: string): void {
  noteDefect('answer', `${name} ${field}`, { code: 'unreadable' })
}

/** Configuration and supabase-js, fetched after the first paint; null without either. */
async function connectNow(): Promise<Gateway | null> {
  try {
    const [config, { connect }, { createGateway }] = await Promise.all([
      loadConfig(field => unreadable('config.json', field)),
      import('#gateway/connect.ts'),
      import('#gateway/connect.ts'),
    ])
    if (!config) return null
    connection = connect(config, { unreadable })
    features = config.features
    pushKey = config.push_key
    return createGateway(connection)
  }
  catch {
    return null
  }
}

/** The first paint comes first: the pages of a phone without signal need none of it. */
const ready = whenIdle().then(connectNow)
const gateway = deferredGateway(ready)

/** Logins whose data the last clearing could not delete, because an older page holds it. */
let uncleared: string[] = []
let cleared: Promise<unknown> = Promise.resolve()
/** Clears the data of everybody but the person signed in when it begins; one clearing after the other. */
function clear(): Promise<unknown> {
  cleared = cleared.then(async () => {
    uncleared = await clearPhone(() => person.value?.login ?? null)
  }).catch(() => undefined)
  return cleared
}

/** This tab shows nobody's data any more; the caller clears what is on the disk. */
function close(): void {
  person.value?.close()
  syncStore.follow(null)
  session.left()
  person.value = null
}

function enter(login: string): void {
  if (person.value?.login === login) {
    session.signedIn(login)
    return person.value.sync.kick()
  }
  person.value?.close()
  person.value = openSession(login, gateway)
  // the browser tells of an older page to the first who asks for the data only, and that was the clearing
  session.blocked = uncleared.includes(login)
  person.value.onBlocked((blocked) => { session.blocked = blocked })
  session.signedIn(login)
  syncStore.follow(person.value.sync)
  ownSeal(person.value, async () => connection ? sealKey(connection) : null)
  void clear()
  void keepData()
  void renewDevice()
  forgetNotes(person.value)
}

/** Deletes old notes and drafts when the page is idle; a round that fails is repeated at the next start. */
function forgetNotes({ db }: Session): void {
  const old = (): Promise<unknown> => Promise.all([dropOldNotes(db, serverNow()), dropOldDrafts(db, serverNow())])
  whenIdle().then(old).catch(() => undefined)
}

/** Sends reports (报到) that somebody without a login made on this phone where there was no network. */
async function sendReports(): Promise<void> {
  if (!reportsWait()) return
  const { sendReports: send } = await import('./views/reporting/sendReports.ts')
  send(async () => ready.then(() => connection))
}

/** Gives this device its notifications back where the browser or the server lost them; nobody waits for it. */
async function renewDevice(): Promise<void> {
  await whenIdle().then(async () => ready)
  const login = person.value?.login
  if (!login || pushKey === '') return
  const { renewPush } = await import('./views/me/devicePush.ts')
  if (await renewPush(connection, pushKey, login, session.preferences.locale) === 'failed')
    noteDefect('answer', 'save_push_subscription', { code: 'refused' })
}

async function leave(unsent: 'ask' | 'keep' | 'delete'): ReturnType<Deps['leave']> {
  const leaving = person.value
  if (leaving && unsent !== 'keep') {
    const answer = await leavePhone(leaving, unsent === 'ask' ? 'keep' : 'delete')
    if (answer.status === 'unsent') return answer
  }
  // notifications on this phone are for the person who uses it
  await import('./views/me/devicePush.ts').then(async m => m.switchOff(connection)).catch(() => undefined)
  forgetOwner()
  close()
  if (connection) await signOut(connection)
  await clear()
  return { status: 'gone' }
}

/** The sign-in page is open: a person whose session the server ended leaves this phone as if they had signed out. */
async function handOver(): Promise<void> {
  if (person.value && tokens()?.login === person.value.login) return
  if (person.value) {
    forgetOwner()
    close()
  }
  await clear()
}

function signedIn(): Session {
  if (!person.value) throw new Error('nobody is signed in')
  return person.value
}

const deps: Deps = {
  get server() { return connection },
  connected: async () => ready.then(() => connection),
  get features() { return features },
  get pushKey() { return pushKey },
  async signIn(name, password) {
    await cleared
    return connection ? signIn(connection, name, password) : { status: 'offline' }
  },
  enter,
  handOver,
  leave,
  mutate: (name, args) => signedIn().mutate(name, args),
  id: newId,
  kick: () => person.value?.sync.kick(),
  refetch: async () => person.value?.refetch(),
}

if (session.login) enter(session.login)
else void clear()
void whenIdle().then(sendReports).catch(() => undefined)
// the next page then waits for nothing; without a network the page that needs them says so
void whenIdle().then(loadWords).catch(() => undefined)
gateway.onAuth((event) => { session.signedOut = event === 'signed_out' && person.value !== null })
watchPresses(window)
const upgrade = watchForUpdate(whenIdle(), (apply) => { waiting.value = apply })
const router = makeRouter(() => person.value !== null, ready, () => session.preferences.leads)
onOwner((login) => {
  if (!person.value || login === person.value.login) return
  close()
  void router.replace({ name: 'sign-in' })
})
window.addEventListener('online', () => void renewDevice())
new BroadcastChannel('redwhistle-push').addEventListener('message', () => void renewDevice())
router.afterEach((_to, _from, failure) => { if (!failure) missing.value = null })
const app = createApp({
  render: () =>
    h(App, {
      person: person.value?.login ?? null,
      update: waiting.value !== null,
      missing: missing.value,
      onUpdate: () => waiting.value?.(),
      onMend: (path: string | null) => path === null ? location.reload() : location.assign(path),
      onUpgrade: () => void upgrade(),
    }),
})
watchParts(router, partsOf(window, () => useNotice(pinia).dirty, (part) => { missing.value = part }))
watchErrors(app, window, () => String(router.currentRoute.value.name ?? 'start'), noteDefect)
app
  .use(pinia)
  .use(i18n)
  .use(router)
  .provide(DB, computed(() => person.value?.db ?? null))
  .provide(DEPS, deps)
  .mount('#app')
