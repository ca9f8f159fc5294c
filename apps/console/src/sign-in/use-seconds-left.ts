import { useEffect, useState } from 'react'

/** Counts down to zero, a step a second, from the moment `seconds` was given; null counts nothing. */
export function useSecondsLeft(seconds: number | null, key: unknown): number {
  const [left, setLeft] = useState(seconds ?? 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` starts the count anew where the number is the same.
  useEffect(() => {
    const until = Date.now() + (seconds ?? 0) * 1000
    const show = (): void => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)))
    show()
    if (seconds === null) return
    const timer = setInterval(show, 1000)
    return () => clearInterval(timer)
  }, [seconds, key])
  return left
}
