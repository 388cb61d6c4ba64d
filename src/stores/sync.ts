import type { Sync } from '#sync/engine.ts'
import type { SyncStatus } from '#sync/status.ts'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { FIRST_STATUS } from '#sync/status.ts'

/** The status of the sync, mirrored for the sync line. */
export const useSyncStore = defineStore('sync', () => {
  const status = shallowRef<SyncStatus>(FIRST_STATUS)
  let stop: () => void = () => {}

  /** Follows the sync of the person who is signed in; null = nobody. */
  function follow(sync: Sync | null): void {
    stop()
    stop = () => {}
    status.value = FIRST_STATUS
    if (sync) stop = sync.onStatus((s) => { status.value = s })
  }
  return { status, follow }
})
