/** The limits of one doorbell. Times in ms. */
export interface DoorbellLimits {
  /** Sockets of all addresses together. */
  sockets: number
  /** Sockets of one address: a community behind one router has one or two phones for each person. */
  perAddress: number
  /** A socket that has joined no channel is ended after this time. */
  joinWithin: number
  /** A socket that has left all its channels is ended after this time: its phone joins again soon, or is gone. */
  idleWithin: number
  /** A silent socket is ended after this time: two missed heartbeats of supabase-js (25 s) and some more. */
  silence: number
  /** The pause between two looks at all sockets. */
  sweep: number
  /** The pause between two questions to the database whether all listeners still may listen. */
  recheck: number
  /** Joins and new tokens of one socket at once, each a question to the database; one more every two seconds. */
  asks: number
}

export const LIMITS: DoorbellLimits = {
  sockets: 5_000,
  perAddress: 500,
  joinWithin: 10_000,
  idleWithin: 60_000,
  silence: 60_000,
  sweep: 5_000,
  recheck: 30_000,
  asks: 30,
}
