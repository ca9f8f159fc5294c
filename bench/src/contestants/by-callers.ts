/** Runs `work` that many times in all, so many at a time; the number it gets goes up from round to round. */
export function byCallers(
  callers: number,
  work: (index: number) => Promise<void>,
): (times: number) => Promise<void> {
  let next = 0
  return async (times) => {
    const end = next + times
    const caller = async (): Promise<void> => {
      while (next < end) {
        next += 1
        await work(next)
      }
    }
    await Promise.all(Array.from({ length: callers }, caller))
  }
}
