import type { Fault, ModelPhone, ModelWorld } from './phone.ts'
import fc from 'fast-check'
import { KilledError } from '../fakes/life.ts'
import { FAULTS } from './phone.ts'

interface Where { who: number, tab: number }
/** Something that happens. All of one step happens at once, in an order that scheduler and database decide. */
export type Deed =
  | { kind: 'tap', at: Where, place: number, consent: boolean | null }
  | { kind: 'cycle', at: Where, plan: Fault[] }
  | { kind: 'both_tabs', who: number }
  | { kind: 'kill', at: Where, after: number }
  | { kind: 'resize', place: number, capacity: number }
  | { kind: 'membership', who: number, ended: boolean }
  | { kind: 'late' }

const at = fc.record({ who: fc.nat(2), tab: fc.nat(1) })
const deed = (kind: Deed['kind'], fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Deed> =>
  fc.record({ kind: fc.constant(kind), ...fields }) as fc.Arbitrary<Deed>
const anyDeed = fc.oneof(
  {
    weight: 6,
    arbitrary: deed('tap', {
      at,
      place: fc.nat(2),
      consent: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.boolean() }),
    }),
  },
  { weight: 7, arbitrary: deed('cycle', { at, plan: fc.array(fc.constantFrom(...FAULTS), { maxLength: 4 }) }) },
  { weight: 3, arbitrary: deed('both_tabs', { who: fc.nat(2) }) },
  { weight: 2, arbitrary: deed('kill', { at, after: fc.nat(40) }) },
  { weight: 2, arbitrary: deed('resize', { place: fc.nat(2), capacity: fc.nat(3) }) },
  { weight: 1, arbitrary: deed('membership', { who: fc.nat(2), ended: fc.boolean() }) },
  { weight: 1, arbitrary: deed('late', {}) },
)

/** A story: steps of up to four deeds at once. */
export const story: fc.Arbitrary<Deed[][]> = fc.array(fc.array(anyDeed, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 6,
})

/** Does one deed. A killed tab may fail in any way, a living one must not. */
export async function act(world: ModelWorld, phones: ModelPhone[], d: Deed): Promise<void> {
  switch (d.kind) {
    case 'tap': {
      const phone = phones[d.at.who]!
      const tab = phone.tabs[d.at.tab]!
      try {
        phone.taps.push(await tab.tap(`s${d.place}`, d.consent))
      }
      catch (error) {
        if (!(error instanceof KilledError) && !tab.life.dead) throw error
      }
      return
    }
    case 'cycle': {
      const tab = phones[d.at.who]!.tabs[d.at.tab]!
      tab.plan = [...d.plan]
      return void await tab.sync.cycle()
    }
    case 'both_tabs': return void await Promise.all(phones[d.who]!.tabs.map(tab => tab.sync.cycle()))
    case 'kill': return phones[d.at.who]!.tabs[d.at.tab]!.life.dieAfter(d.after)
    case 'resize': {
      await world.s.schedule(Promise.resolve(), 'a capacity changes')
      return world.server.resize(d.place, d.capacity)
    }
    case 'membership': {
      await world.s.schedule(Promise.resolve(), 'a membership changes')
      const { revoked } = world.server
      if (d.ended) revoked.add(phones[d.who]!.login)
      else revoked.delete(phones[d.who]!.login)
      return
    }
    case 'late': return world.late.splice(0).reverse().forEach(deliver => deliver())
  }
}
