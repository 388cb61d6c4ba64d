/** Stands in for `node:module` in a browser, where HiGHS asks for nothing of it. */
export function createRequire(): never {
  throw new Error('there is no require in a browser')
}
