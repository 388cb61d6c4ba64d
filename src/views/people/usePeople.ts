import type { FilterChoices, PeopleFilter } from '#components/people/filter.ts'
import type { PersonLine } from '#components/people/person.ts'
import type { StoredRow } from '#queries/live.ts'
import { computed, reactive, ref, watch } from 'vue'
import { choicesOf, filterPeople, NO_FILTER } from '#components/people/filter.ts'
import { personLine } from '#components/people/person.ts'
import { useDb, useLiveQuery } from '#queries/live.ts'
import { peopleRows } from '#queries/people.ts'

/** How many lines are drawn before somebody asks for more. */
const LIMIT = 100

export interface People {
  /** everybody of the community; undefined while they are read */
  readonly all: StoredRow<'responder_lead'>[] | undefined
  query: string
  filter: PeopleFilter
  readonly choices: FilterChoices
  readonly found: StoredRow<'responder_lead'>[]
  readonly lines: PersonLine[]
  more: () => void
  ticked: string[]
  /** people found who have no account: who was never invited, and whose invitation is out */
  readonly uninvited: string[]
  readonly invited: string[]
  /** how many of the ticked hold a link that a new one voids */
  readonly voided: number
}

/** The people of a community on this phone: searched, narrowed and ticked; all of it works offline. */
export function usePeople(community: () => string | null): People {
  const db = useDb()
  const rows = useLiveQuery(async () => community() ? peopleRows(db, community()!) : [], community)
  const query = ref('')
  const filter = ref<PeopleFilter>(NO_FILTER)
  const ticked = ref<string[]>([])
  const limit = ref(LIMIT)
  const found = computed(() => filterPeople(rows.value ?? [], query.value, filter.value))
  const withLogin = (login: 'none' | 'invited'): string[] =>
    found.value.filter(r => r.login === login && r.state === 'active').map(r => r.id)
  watch([query, filter], () => { limit.value = LIMIT })
  watch(community, () => { ticked.value = [] })
  return reactive({
    all: rows,
    query,
    filter,
    choices: computed(() => choicesOf(rows.value ?? [])),
    found,
    lines: computed(() => found.value.slice(0, limit.value).map(personLine)),
    more: () => { limit.value += LIMIT },
    ticked,
    uninvited: computed(() => withLogin('none')),
    invited: computed(() => withLogin('invited')),
    voided: computed(() => (rows.value ?? []).filter(r => r.login === 'invited' && ticked.value.includes(r.id)).length),
  })
}
