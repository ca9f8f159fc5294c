/**
 * Shares reads: a call gets what a read brings that began after the call, and calls that come while one is under
 * way share the next.
 */
export function freshReads<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<Result> | null = null
  let next: Promise<Result> | null = null

  function begin(): Promise<Result> {
    next = null
    const began = read().finally(() => {
      if (running === began) running = null
    })
    running = began
    return began
  }

  return () => {
    if (running === null) return begin()
    next ??= running.then(begin, begin)
    return next
  }
}
