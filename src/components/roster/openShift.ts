/** A shift with places left, or one the person has answered, as the reader of a roster sees it. */
export interface OpenShift {
  id: string
  where: string
  post_name: string
  when: string
  day: number
  missing: number
  /** free: may be taken; full: only the waitlist; mine: already on it; pending: an answer of mine is on its way */
  state: 'free' | 'full' | 'mine' | 'pending' | 'waiting'
  rank: number | null
  waitlist_id: string | null
}
