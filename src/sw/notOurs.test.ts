import { describe, expect, it } from 'vitest'
import { NOT_OURS } from './notOurs.ts'

const ours = (path: string): boolean => !NOT_OURS.some(p => p.test(path))

describe('navigations the worker answers with the staff app', () => {
  it('are the app\'s own pages', () => {
    for (const path of ['/', '/duty/1', '/board', '/setup', '/i', '/queue']) expect(ours(path), path).toBe(true)
  })
  it('are not the residents\' page, the backend or run-time files', () => {
    for (const path of ['/b/ABCDEFGHJK', '/rest/v1/rpc/push', '/auth/v1/token', '/functions/v1/x', '/realtime/v1/websocket', '/healthz', '/config.json']) expect(ours(path), path).toBe(false)
  })
})
