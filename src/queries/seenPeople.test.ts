import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppDb } from '#db/db.ts'
import { writing } from '#db/write.ts'
import { stripNumbers } from '#domain/stripNumbers.ts'
import { seenPeople } from './seenPeople.ts'
import '../../tests/fakes/indexeddb.ts'

let db: AppDb
beforeEach(() => {
  db = new AppDb(randomUUID())
})
afterEach(() => db.delete())

async function plan(shift_id: string, responder_id: string, state = 'draft'): Promise<void> {
  await writing(db, ['shift', 'draft_assignment'], async (tables) => {
    await tables.raw('shift').put({ id: shift_id, roster_id: 'r', state, _v: {} } as never)
    await tables.raw('draft_assignment').put({ id: randomUUID(), shift_id, responder_id, _v: {} } as never)
  })
}

it('changes with the people on the drafts of the roster, and with nothing else', async () => {
  const nobody = await seenPeople(db, 'r')
  await plan('s1', 'wang')
  const one = await seenPeople(db, 'r')
  await plan('s2', 'li', 'open')
  expect(new Set([nobody, one, await seenPeople(db, 'other')]).size).toBe(2)
  expect(await seenPeople(db, 'r')).toBe(one)
  await plan('s0', 'li')
  expect(await seenPeople(db, 'r')).not.toBe(one)
})

it('holds nothing that is taken out of what a phone sends as a number of somebody', async () => {
  for (let n = 0; n < 50; n++) {
    await plan(randomUUID(), randomUUID())
    const seen = await seenPeople(db, 'r')
    expect(stripNumbers(seen)).toBe(seen)
  }
})
