import type { Person, Problem } from '#solver/problem.ts'

/** Lines of an instance by section, comments left out. */
function sectionsOf(text: string): Map<string, string[]> {
  const sections = new Map<string, string[]>()
  let lines: string[] = []
  for (const line of text.split(/\r?\n/).map(one => one.trim())) {
    if (line === '' || line.startsWith('#')) continue
    if (line.startsWith('SECTION_')) sections.set(line, lines = [])
    else lines.push(line)
  }
  return sections
}

/** The fields of each line of a section, split at commas. */
function table(sections: Map<string, string[]>, name: string): string[][] {
  const lines = sections.get(`SECTION_${name}`)
  if (!lines) throw new Error(`no SECTION_${name}`)
  return lines.map(line => line.split(',').map(field => field.trim()))
}

function whole(text: string | undefined): number {
  if (text === undefined || !/^-?\d+$/.test(text)) throw new Error(`"${text}" is not a whole number`)
  return Number(text)
}

/** Where names stand in their section; an unknown one is an error. */
function numberOf(rows: readonly string[][]): (name: string | undefined) => number {
  const known = new Map(rows.map((row, i) => [row[0]!, i]))
  return (name) => {
    const found = known.get(name ?? '')
    if (found === undefined) throw new Error(`"${name}" is not known`)
    return found
  }
}

/**
 * Reads an instance of the shift scheduling benchmarks of Curtois and Qu (2014, "Computational results on new staff
 * scheduling benchmark instances") in their text format. Throws at what it does not understand.
 */
export function readInstance(text: string): Problem {
  const sections = sectionsOf(text)
  const days = whole(table(sections, 'HORIZON')[0]?.[0])
  const shifts = table(sections, 'SHIFTS')
  const staff = table(sections, 'STAFF')
  const [duty, person] = [numberOf(shifts), numberOf(staff)]
  const cells = days * shifts.length
  const cell = (day: string | undefined, shift: string | undefined): number => whole(day) * shifts.length + duty(shift)
  const people = staff.map((row): Person => ({
    id: row[0]!,
    rules: {
      limits: (row[1] ?? '').split('|').map((limit) => {
        const [shift, most] = limit.split('=')
        return { duties: [duty(shift)], most: whole(most) }
      }),
      minutes: { max: whole(row[2]), min: whole(row[3]) },
      run: { max: whole(row[4]), min: whole(row[5]) },
      rest: whole(row[6]),
      weekends: whole(row[7]),
      inRow: null,
    },
    away: [],
    pins: [],
    before: null,
    load: null,
    wishes: new Float64Array(cells),
  }))
  for (const [id, ...off] of table(sections, 'DAYS_OFF')) {
    people[person(id)] = { ...people[person(id)]!, away: off.map(day => ({ day: whole(day) })) }
  }
  let offset = 0
  for (const [id, day, shift, weight] of table(sections, 'SHIFT_ON_REQUESTS')) {
    // costs its weight until it is met
    offset += whole(weight)
    people[person(id)]!.wishes[cell(day, shift)]! -= whole(weight)
  }
  for (const [id, day, shift, weight] of table(sections, 'SHIFT_OFF_REQUESTS')) {
    people[person(id)]!.wishes[cell(day, shift)]! += whole(weight)
  }
  const [need, under, over] = [new Int32Array(cells), new Float64Array(cells), new Float64Array(cells)]
  for (const [day, shift, wanted, below, above] of table(sections, 'COVER')) {
    const i = cell(day, shift)
    need[i] = whole(wanted)
    under[i] = whole(below)
    over[i] = whole(above)
  }
  const duties = shifts.map(([id, minutes, notNext]) => ({
    id: id!,
    minutes: whole(minutes),
    notNext: (notNext ?? '').split('|').filter(name => name !== '').map(duty),
  }))
  // every instance begins on a Monday
  const weekends = Array.from({ length: Math.floor(days / 7) }, (_, week) => [7 * week + 5, 7 * week + 6])
  return { days, duties, people, weekends, need, under, over, offset }
}
