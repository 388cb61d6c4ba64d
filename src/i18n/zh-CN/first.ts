import availability from './availability.json' with { type: 'json' }
import codes from './codes.json' with { type: 'json' }
import cover from './cover.json' with { type: 'json' }
import duty from './duty.json' with { type: 'json' }
import listing from './listing.json' with { type: 'json' }
import shell from './shell.json' with { type: 'json' }

/** The areas whose words 我的班 needs: they travel with the first load (tests/i18n/messages.test.ts). */
export const first = {
  availability,
  codes,
  cover,
  duty,
  listing,
  shell,
}
