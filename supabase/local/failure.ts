export type FailureCode = 'bad_option' | 'build' | 'data_folder' | 'data_folder_in_use' | 'database' | 'migration'
  | 'no_postgres' | 'port_in_use' | 'self_check'

/** Why the backend cannot start. `npm start` prints the message, one line that says what to do, and exits with 1. */
export class StartFailure extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StartFailure'
    this.code = code
  }
}

/**
 * What went wrong and where, for a log: the error's name, its code and the line of our code that threw.
 * Never its message, which may quote what somebody sent.
 */
export function kindOf(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error
  const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
  const stack = error instanceof Error ? error.stack ?? '' : ''
  const where = /\/((?:supabase|src)\/[\w./-]+:\d+)/.exec(stack)?.[1]
  return [
    name,
    typeof code === 'string' || typeof code === 'number' ? String(code).slice(0, 40) : '',
    where === undefined ? '' : `at ${where}`,
  ].filter(Boolean).join(' ')
}

/** The first line of any thrown value, for one-line messages. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  return text.split('\n').map(line => line.trim()).find(Boolean) ?? 'unknown error'
}
