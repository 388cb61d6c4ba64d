/** The address a token opens; the token stands in the fragment, so that no server log holds it. */
export function linkTo(page: 'i' | 'reset', token: string): { url: string, code: string } {
  return { url: `${location.origin}/${page}#${token}`, code: token }
}
