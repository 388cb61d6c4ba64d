/** Who holds a post or a seat: a person of a list, or (`responder_id` null) a name that stands on none. */
export interface Holder { responder_id: string | null, name: string }

/** Nobody yet. */
export function nobody(): Holder {
  return { responder_id: null, name: '' }
}

/** The two arguments that an intent takes for a holder: one of them is null. */
export function holderArgs({ responder_id, name }: Holder): { responder_id: string | null, holder: string | null } {
  return { responder_id, holder: responder_id === null ? name.trim() || null : null }
}
