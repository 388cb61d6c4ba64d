import { copyFileSync, existsSync, renameSync, statSync, truncateSync } from 'node:fs'

/** Bytes a log may have before it is put aside. */
const LIMIT = 1024 * 1024
/** Milliseconds between two looks at its size. */
const PACE = 60_000

/** Settings under which the database's log tells what happens to the server and nothing that anybody sent. */
export const LOG_SETTINGS: readonly string[] = [
  // errors of statements go to their callers; in a log they would quote what was sent
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

/** Renames the log of an earlier run to `<file>.1`. */
export function putLogAside(file: string): void {
  if (existsSync(file)) renameSync(file, `${file}.1`)
}

/**
 * Keeps a log short while another process appends to it: beyond `limit` bytes its text moves to `<file>.1`, in the
 * place of what was there. Looks every `pace` ms; answers the function that ends that.
 */
export function keepShort(file: string, limit = LIMIT, pace = PACE): () => void {
  const timer = setInterval(() => {
    if (!existsSync(file) || statSync(file).size <= limit) return
    copyFileSync(file, `${file}.1`)
    truncateSync(file, 0)
  }, pace)
  timer.unref()
  return () => clearInterval(timer)
}
