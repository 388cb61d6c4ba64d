/**
 * A call that a person makes on the server. Its arguments are right for `by`, whose name stands in the small world.
 * '@ping' is the id of that name, '$offer' a value that is looked up, '#2 08:00' an hour so many days from today,
 * '@new…' the id of something that the call makes.
 */
export interface Deed {
  name: string
  by: string
  args: Record<string, unknown>
  /** an intent goes through push; the others are functions of schema api */
  intent: boolean
}

/** Queries for values that have no name in the world; `tests.` in them is the schema of that world. */
export const LOOK_UPS: Record<string, string> = {
  offer: `select id from app.offer where responder_id = tests.id('mei.person') and state = 'sent'`,
  callOffer: `select id from app.offer where responder_id = tests.id('mei.person') and state = 'sent'`,
  ladder: `select id from app.ladder where callout_id = tests.id('line')`,
  verdict: `select mutation_id from sync.result where login_id = tests.id('qiang') and status = 'refused' limit 1`,
  dead: `select mutation_id from sync.result where login_id = tests.id('ping') and status = 'failed' limit 1`,
  notice: `select id from app.notice where login_id = tests.id('mei') and kind = 'assigned'`,
  request: `select id from app.request where community_id = tests.id('community')`,
  robot: `select id from app.robot where community_id = tests.id('community')`,
  endpoint: `select endpoint from app.push_subscription where login_id = tests.id('ping')`,
  code: `select door_code from app.org_unit where id = tests.id('building_1')`,
  wall: `select wall_code from app.partner_unit where id = tests.id('centre')`,
  receipt: `select tests.link_of('page')`,
  made: `select tests.link_of('made')`,
  signIn: `select sign_in_name from app.login where id = tests.id('coordinator')`,
  invited: `select current_setting('tests.invited')`,
  listed: `select current_setting('tests.listed')`,
  reset: `select current_setting('tests.reset')`,
  client: `select id from sync.client where login_id = tests.id('ping') limit 1`,
}

/** A deed without its name, as the lists have it. */
export type DeedBody = Omit<Deed, 'name' | 'intent'>
