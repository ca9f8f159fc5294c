import { useState } from 'react'
import { failureText } from '../reauthentication/failure-text.ts'

interface Attempt {
  readonly state: 'idle' | 'busy'
  /** Why the last one did not work; null where it did, or where there was none. */
  readonly failure: string | null
  readonly attempt: () => Promise<void>
}

/** Something that is done on demand, may fail, and may then be tried again. */
export function useAttempt(action: () => Promise<void>, onDone: () => void): Attempt {
  const [state, setState] = useState<Attempt['state']>('idle')
  const [failure, setFailure] = useState<string | null>(null)

  async function attempt(): Promise<void> {
    setState('busy')
    setFailure(null)
    try {
      await action()
      onDone()
    } catch (error) {
      setFailure(failureText(error))
    }
    setState('idle')
  }

  return { state, failure, attempt }
}
