/** Calls that have work of their own before or after that of the storage below, which therefore may not close yet. */
export interface CallsUnderWay {
  track<Result>(call: () => Promise<Result>): Promise<Result>
  /** Resolves when those that had begun are over, however they ended. */
  settled(): Promise<void>
}

export function callsUnderWay(): CallsUnderWay {
  const calls = new Set<Promise<unknown>>()
  return {
    async track(call) {
      const underway = call()
      calls.add(underway)
      try {
        return await underway
      } finally {
        calls.delete(underway)
      }
    },
    async settled() {
      await Promise.allSettled(calls)
    },
  }
}
