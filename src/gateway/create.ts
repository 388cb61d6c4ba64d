import type { Gateway } from './gateway.ts'
import type { Connection } from './supabase.ts'
import { onAuth, tokens } from './auth.ts'
import { listen } from './realtime.ts'
import { pull, push, pushOnLeave } from './rpc.ts'
import { refresh } from './token.ts'

/** The gateway over a real backend. */
export function createGateway(connection: Connection): Gateway {
  return {
    login: () => tokens()?.login ?? null,
    push: (request, options) => push(connection, request, options),
    pull: (request, options) => pull(connection, request, options),
    pushOnLeave: (request) => {
      const mine = tokens()
      if (mine) pushOnLeave(connection, mine.access_token, request)
    },
    refresh: () => refresh(connection),
    listen: (topics, ear) => listen(connection, topics, ear),
    onAuth: hear => onAuth(connection, hear),
  }
}
