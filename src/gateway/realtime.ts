import type { Wire } from './supabase.ts'

/**
 * Listens to doorbells. A ring carries nothing to trust; joining counts as a ring, for what was missed while away.
 * @returns the way to stop
 */
export function listen({ client }: Wire, topics: string[], ring: () => void): () => void {
  const channels = topics.map(topic => client
    .channel(topic, { config: { private: true } })
    .on('broadcast', { event: 'ring' }, ring)
    .subscribe(state => state === 'SUBSCRIBED' && ring()))
  return () => {
    for (const channel of channels) client.removeChannel(channel).catch(() => {})
  }
}
