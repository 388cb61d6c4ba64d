/** The token of a one-time link out of what somebody pasted: the link, a message with the link in it, or the bare code. */
export function linkToken(pasted: string): string {
  return /#([\w-]+)/.exec(pasted)?.[1] ?? pasted.trim()
}
