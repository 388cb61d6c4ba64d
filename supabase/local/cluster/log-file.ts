import { copyFileSync, existsSync, renameSync, statSync, truncateSync } from 'node:fs'

/** Bytes of a log before it is put aside, and how often that is looked at, in ms. */
const LIMIT = 1024 * 1024
const PACE = 60_000

/** Settings under which the database's log says what happened to the server, and nothing of what anybody sent. */
export const LOG_SETTINGS: readonly string[] = [
  // errors of statements go to their callers; a log of them would quote what was sent
  'log_min_messages=log',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_statement=none',
  'log_min_duration_statement=-1',
  'log_parameter_max_length=0',
  'log_parameter_max_length_on_error=0',
  'log_checkpoints=off',
  'log_autovacuum_min_duration=-1',
  'log_line_prefix=%m [%p] ',
]

/** A log of an earlier run becomes `<file>.1`. */
export function putLogAside(file: string): void {
  if (existsSync(file)) renameSync(file, `${file}.1`)
}

/** Keeps a growing log within 1 MB and one older part of it, `<file>.1`. Its writer appends, and notices nothing. Returns the way to stop. */
export function keepShort(file: string, limit = LIMIT, pace = PACE): () => void {
  const timer = setInterval(() => {
    if (!existsSync(file) || statSync(file).size <= limit) return
    copyFileSync(file, `${file}.1`)
    truncateSync(file, 0)
  }, pace)
  timer.unref()
  return () => clearInterval(timer)
}
