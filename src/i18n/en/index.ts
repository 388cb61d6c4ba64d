import absence from './absence.json' with { type: 'json' }
import auth from './auth.json' with { type: 'json' }
import availability from './availability.json' with { type: 'json' }
import board from './board.json' with { type: 'json' }
import calendar from './calendar.json' with { type: 'json' }
import callout from './callout.json' with { type: 'json' }
import calls from './calls.json' with { type: 'json' }
import codes from './codes.json' with { type: 'json' }
import cover from './cover.json' with { type: 'json' }
import duty from './duty.json' with { type: 'json' }
import holiday from './holiday.json' with { type: 'json' }
import importing from './import.json' with { type: 'json' }
import ledger from './ledger.json' with { type: 'json' }
import listing from './listing.json' with { type: 'json' }
import me from './me.json' with { type: 'json' }
import notice from './notice.json' with { type: 'json' }
import organisation from './organisation.json' with { type: 'json' }
import people from './people.json' with { type: 'json' }
import places from './places.json' with { type: 'json' }
import proxy from './proxy.json' with { type: 'json' }
import record from './record.json' with { type: 'json' }
import report from './report.json' with { type: 'json' }
import reporting from './reporting.json' with { type: 'json' }
import robots from './robots.json' with { type: 'json' }
import roster from './roster.json' with { type: 'json' }
import setup from './setup.json' with { type: 'json' }
import shell from './shell.json' with { type: 'json' }
import street from './street.json' with { type: 'json' }
import today from './today.json' with { type: 'json' }
import unit from './unit.json' with { type: 'json' }
import waitlist from './waitlist.json' with { type: 'json' }
import wish from './wish.json' with { type: 'json' }

/** One file per area; the area is the first part of every key. */
export const en = {
  absence,
  auth,
  availability,
  board,
  calendar,
  callout,
  calls,
  codes,
  cover,
  duty,
  holiday,
  import: importing,
  ledger,
  listing,
  me,
  notice,
  organisation,
  people,
  places,
  proxy,
  record,
  report,
  reporting,
  robots,
  roster,
  setup,
  shell,
  street,
  today,
  unit,
  waitlist,
  wish,
}
