/** `work`, guarded: calls while it runs do nothing and answer undefined, because a trembling hand taps twice. */
export function once<A extends unknown[], R>(work: (...args: A) => Promise<R>): (...args: A) => Promise<R | undefined> {
  let running = false
  return async (...args) => {
    if (running) return undefined
    running = true
    try {
      return await work(...args)
    }
    finally {
      running = false
    }
  }
}
