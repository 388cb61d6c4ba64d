/**
 * The token of a one-time link in what somebody pasted: the link, a message with the link in it, or the bare code, also
 * in full-width forms, as a Chinese keyboard writes them.
 */
export function linkToken(pasted: string): string {
  const plain = pasted.normalize('NFKC')
  return /#([\w-]+)/.exec(plain)?.[1] ?? plain.trim()
}
