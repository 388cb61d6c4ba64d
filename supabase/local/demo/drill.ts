import type { Phone } from './caller.ts'
import type { DemoTools } from './tools.ts'
import { drillSlots } from './duty.ts'

interface Offer { id: string, responder_id: string, shift_id: string }

/**
 * Opens a drill at the buildings; answers its id. Some people accept, some decline; the others, `undecided` too, do not
 * answer.
 */
export async function openDrill(
  tools: DemoTools,
  coordinator: Phone,
  community: string,
  buildings: readonly string[],
  phones: ReadonlyMap<string, Phone>,
  undecided: string,
  newId: () => string,
): Promise<string> {
  const callout = newId()
  await coordinator.push([{
    name: 'open_callout',
    args: {
      callout_id: callout,
      community_id: community,
      kind: 'drill',
      title: '寒潮冰冻演练',
      ground: '',
      document_no: '',
      mode_id: newId(),
      mode_hours: 24,
      org_unit_ids: [...buildings],
      post: {
        name: '单元门岗',
        kind: 'unit_door',
        task: '送药代买、搬重物、报修水管冻裂、陪同就医',
        kit: '红马甲、手电',
      },
      capacity: 2,
      slots: drillSlots(tools.now.getTime()),
      offer_min: 60,
    },
  }])
  const offers = await tools.db.query<Offer>(
    'select id, responder_id, shift_id from app.offer where callout_id = $1 order by responder_id',
    [callout],
  )
  const answerable = offers.filter(o => phones.has(o.responder_id) && o.responder_id !== undecided)
  const accepted = new Map<string, number>()
  for (const [i, offer] of answerable.slice(2, 14).entries())
    await answer(phones.get(offer.responder_id), offer, i % 3 === 0, accepted, newId)
  return callout
}

/** Declines an offer if the person is busy or two have accepted its shift, else accepts it. `accepted`: by shift. */
async function answer(
  phone: Phone | undefined,
  offer: Offer,
  busy: boolean,
  accepted: Map<string, number>,
  newId: () => string,
): Promise<void> {
  const count = accepted.get(offer.shift_id) ?? 0
  if (busy || count >= 2) {
    await phone?.push([{ name: 'decline_shift', args: { offer_id: offer.id, assignment_id: null, reason: 'work' } }])
    return
  }
  accepted.set(offer.shift_id, count + 1)
  await phone?.push([{
    name: 'accept_shift',
    args: {
      assignment_id: newId(),
      shift_id: offer.shift_id,
      offer_id: offer.id,
      eta_min: 15,
      on_full: 'refuse',
      waitlist_id: newId(),
    },
  }])
}
