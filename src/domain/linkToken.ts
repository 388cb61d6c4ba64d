/**
 * The token of a one-time link out of what somebody pasted: the link, a message with the link in it, or the bare code, in full-width
 * forms too, as a Chinese keyboard writes them.
 */
export function linkToken(pasted: string): string {
  const plain = pasted.normalize('NFKC')
  return /#([\w-]+)/.exec(plain)?.[1] ?? plain.trim()
}
