const interruptions = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A terminal and the program that started this one may both pass on the same signal: any number of them counts as one. */
export async function untilInterrupted<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const abortion = new AbortController()
  const abort = (): void => abortion.abort()
  for (const name of interruptions) process.on(name, abort)
  try {
    return await work(abortion.signal)
  } finally {
    for (const name of interruptions) process.off(name, abort)
  }
}
