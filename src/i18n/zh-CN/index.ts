import { first } from './first.ts'
import { rest } from './rest.ts'

/** One file per area; the area is the first part of every key. For types and tests: the app loads the two parts. */
export const zh = { ...first, ...rest }
