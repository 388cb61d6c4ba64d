import { expect, it } from 'vitest'
import { askedKeys } from './askedKeys.ts'
import { messages } from './messages.ts'

/** Groups that are read whole, by the types of their readers; words.test.ts looks for their names. */
const WHOLE = /^(?:time|worker|template|deliver|resident)\./

it('every text is used', () => {
  const keys = [...messages('zh-CN').keys()].filter(key => !WHOLE.test(key))
  const wrong = ['shell.nowhere', 'board.callout.nobody']
  const asked = askedKeys([...keys, ...wrong])
  expect([...keys, ...wrong].filter(key => !asked.has(key))).toEqual(wrong)
})
