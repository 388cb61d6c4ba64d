/** What the browser says of the room this app has. Bytes; null = it does not say. */
export interface StorageRoom { persisted: boolean | null, usage: number | null, quota: number | null }

/** Reads the room this app has, and whether the browser promised to keep its data. */
export async function readStorage(): Promise<StorageRoom> {
  const [persisted, room] = await Promise.all([
    navigator.storage?.persisted?.().catch(() => null),
    navigator.storage?.estimate?.().catch(() => null),
  ])
  return { persisted: persisted ?? null, usage: room?.usage ?? null, quota: room?.quota ?? null }
}
