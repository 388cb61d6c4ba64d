import type { MutationArgs, MutationName } from '#domain/mutations.ts'
import type { Session } from '#sync/session.ts'
import type { PhoneState } from '../../fakes/phoneState.ts'
import { isBinding } from '#domain/assignment.ts'
import { loadConfig } from '#gateway/config.ts'
import { connect, createGateway } from '#gateway/connect.ts'
import { ownerOfPhone } from '#gateway/session.ts'
import { openSession } from '#sync/session.ts'
import { clock } from '../../clock.ts'
import { readPhone } from '../../fakes/phoneState.ts'

/** Tells the test process. The page may be killed before the call ends. */
declare function heard(word: 'tap' | 'kept', id: string): Promise<void>

async function tap<N extends MutationName>(session: Session, name: N, args: MutationArgs[N]): Promise<void> {
  await heard('tap', '') // the test knows of the tap before it is written
  void heard('kept', await session.mutate(name, args))
}

async function tapSomething(session: Session, dice: number, shifts: string[]): Promise<void> {
  const shift_id = shifts[dice % shifts.length]!
  const mine = (await session.db.rows('my_assignment').toArray()).find(a => isBinding(a.state))
  const at = clock.stamp()
  switch (dice % 5) {
    case 0:
      return tap(session, 'set_consent', { purpose: 'location', given: dice % 2 === 0 })
    case 1:
      return mine
        ? tap(session, 'withdraw', { assignment_id: mine.id, reason: 'work' })
        : tap(session, 'set_consent', { purpose: 'public_display', given: true })
    case 2:
      return mine
        ? tap(session, 'check_in', { assignment_id: mine.id, at, way: 'manual' })
        : tap(session, 'join_waitlist', { waitlist_id: session.id(), shift_id })
    default:
      return tap(session, 'accept_shift', {
        assignment_id: session.id(),
        shift_id,
        offer_id: null,
        eta_min: null,
        on_full: dice % 3 === 0 ? 'waitlist' : 'refuse',
        waitlist_id: session.id(),
      })
  }
}

/** Makes one tap per number, one after the other; the number decides which. */
async function tapAll(session: Session, dice: number[], shifts: string[]): Promise<void> {
  for (const n of dice) await tapSomething(session, n, shifts)
}

async function drained(session: Session): Promise<PhoneState> {
  await session.sync.cycle()
  return readPhone(session.db)
}

/** Opens the app's own session and gateway without screens: the page is there at once and taps faster than fingers. */
async function open(): Promise<void> {
  const config = await loadConfig()
  const login = ownerOfPhone()
  if (!config || !login) throw new Error('no server or nobody signed in')
  const session = openSession(login, createGateway(connect(config)))
  Object.assign(globalThis, {
    phone: {
      tapAll: (dice: number[], shifts: string[]) => tapAll(session, dice, shifts),
      drained: () => drained(session),
    },
  })
}

void open()
