export type FailureCode = 'bad_option' | 'build' | 'data_folder' | 'data_folder_in_use' | 'database' | 'migration' | 'no_postgres' | 'port_in_use' | 'self_check'

/** Why the backend cannot start. The message is one line that says what to do; `npm start` prints it and exits with 1. */
export class StartFailure extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode, message: string, cause?: unknown) {
    super(message, { cause })
    this.name = 'StartFailure'
    this.code = code
  }
}

/** The first line of whatever was thrown, for one-line messages. */
export function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error)
  return text.split('\n').map(line => line.trim()).find(Boolean) ?? 'unknown error'
}
