/** What one doorbell bears. Times in ms. */
export interface DoorbellLimits {
  /** Sockets of everybody together. */
  sockets: number
  /** Sockets of one address: a community behind one router has a phone or two for each person. */
  perAddress: number
  /** A socket that joined nothing is let go after this. */
  joinWithin: number
  /** One that has left everything is let go after this: its phone is about to join again, or gone. */
  idleWithin: number
  /** supabase-js beats every 25 s; two missed beats and a little. */
  silence: number
  /** How often sockets are looked through. */
  sweep: number
  /** How often the rights of everybody who listens are asked again. */
  recheck: number
  /** Joins and new tokens of one socket at once; one more every two seconds. Each asks the database. */
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
