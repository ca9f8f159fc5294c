import { useEffect, useState } from 'react'
import { systemClock } from '../foundation/time.ts'

const minute = 60_000

/** The time in milliseconds, brought up to date once a minute: nothing that is shown is more exact. */
export function useNow(): number {
  const [now, setNow] = useState<number>(systemClock.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(systemClock.now()), minute)
    return () => clearInterval(timer)
  }, [])
  return now
}
