/**
 * What the sync line says. `at` = server time of the data on this phone, ISO; `pending` = intents not yet consumed,
 * `trouble` = refused ones that wait for a look, `aside` = rows this phone cannot keep.
 * `never` = nothing has been fetched yet, `silent` = all is here, but no doorbell is heard.
 */
export interface SyncView {
  phase:
    | 'never'
    | 'synced'
    | 'silent'
    | 'sending'
    | 'offline'
    | 'signed_out'
    | 'held'
    | 'waiting'
    | 'renewing'
    | 'error'
    | 'full'
    | 'outsider'
    | 'upgrade'
  pending: number
  trouble: number
  aside: number
  at: string | null
}
