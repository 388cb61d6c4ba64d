import { expect, it } from 'vitest'
import { callStatement } from './catalog.ts'

const fn = {
  name: 'pull',
  writes: false,
  defaults: 1,
  args: [{ name: 'p_client', type: 'uuid' }, { name: 'p_ids', type: 'uuid[]' }, { name: 'p_limit', type: 'integer' }],
}

it('names the arguments given and leaves defaults to the function', () => {
  expect(callStatement(fn, ['p_ids', 'p_client'])).toBe(
    'select api."pull"("p_client" => a."p_client", "p_ids" => a."p_ids")::text as answer '
    + 'from json_to_record($1::text::json) as a("p_client" uuid, "p_ids" uuid[])',
  )
})

it.each([[['p_client']], [['p_client', 'p_ids', 'p_other']], [['p_client', 'p_ids', 'p_limit', 'p_limit) --']]])(
  'knows no call with %j',
  (given) => {
    expect(callStatement(fn, given)).toBeNull()
  },
)
