import { expect, it } from 'vitest'
import { spokenNumber } from './spokenNumber.ts'

it.each([['02500830016', '025-0083 0016'], ['19900000001', '199 0000 0001'], ['051200830016', '0512-0083 0016'], [
  '12345',
  '12345',
], ['83330016', '83330016']])('people say %s as %s', (raw, said) => expect(spokenNumber(raw, '转')).toBe(said))
