/**
 * Every key that the app keeps in a browser's storage, by the file that writes it.
 * person: it says something of somebody and goes when they leave the phone.
 * device: it stays, says nothing of anybody, and is the same for all who use the phone.
 * tab: sessionStorage; it ends with the tab.
 */
export type Whose = 'person' | 'device' | 'tab'

/** In a key `…` stands for what differs: a login, a door. `why` = how it goes, or why it may stay. */
export const STORAGE_KEYS: readonly { file: string, key: string, whose: Whose, why: string }[] = [
  { file: 'src/gateway/session.ts', key: 'redwhistle-login', whose: 'person', why: 'forgetOwner' },
  { file: 'src/gateway/session.ts', key: 'redwhistle-auth', whose: 'person', why: 'signOut of auth.ts' },
  { file: 'src/gateway/config.ts', key: 'redwhistle-config', whose: 'device', why: 'a copy of config.json' },
  { file: 'src/clock/clock.ts', key: 'redwhistle-clock', whose: 'device', why: 'how wrong the phone\'s clock is' },
  {
    file: 'src/stores/session.ts',
    key: 'redwhistle-preferences',
    whose: 'device',
    why: 'how the phone looks; what it says of a person is emptied by left() (session.test.ts)',
  },
  { file: 'src/stores/session.ts', key: 'redwhistle-born', whose: 'person', why: 'left() of the same file' },
  { file: 'src/views/me/devicePush.ts', key: 'redwhistle.push', whose: 'person', why: 'switchOff, renewPush' },
  { file: 'src/views/shell/ownMemory.ts', key: 'redwhistle-…-…', whose: 'person', why: 'clearKeys, sync/traces.ts' },
  {
    file: 'src/views/reporting/reportBox.ts',
    key: 'redwhistle-reports',
    whose: 'person',
    why: 'of somebody without a login: what was said goes when it is sent, the receipt after 30 days or by hand',
  },
  {
    file: 'src/views/reporting/placeMemory.ts',
    key: 'redwhistle-report-place-…',
    whose: 'device',
    why: 'what a door tells everybody',
  },
  { file: 'src/views/shell/watchParts.ts', key: 'redwhistle-loaded-again', whose: 'tab', why: 'a build' },
  { file: 'public/start.js', key: 'redwhistle-loaded-again', whose: 'tab', why: 'a build' },
  { file: 'src/resident/useDoor.ts', key: 'rw-board-…', whose: 'device', why: 'what a door tells everybody' },
  { file: 'src/resident/usePage.ts', key: 'rw-board-elder', whose: 'device', why: 'how the page looks' },
  { file: 'src/resident/backend.ts', key: 'rw-board-config', whose: 'device', why: 'a copy of config.json' },
  { file: 'src/resident/typed.ts', key: 'rw-typed-…', whose: 'tab', why: 'what a resident types' },
]

/** Does a key of a storage stay when its person leaves? */
export function isOfDevice(key: string): boolean {
  return STORAGE_KEYS.some(({ key: known, whose }) => whose === 'device'
    && (known.endsWith('…') ? key.startsWith(known.slice(0, -1)) : key === known))
}
