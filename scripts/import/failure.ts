/** A failure that the person at the keyboard can put right; the message says how. */
export class ImportFailure extends Error {}
