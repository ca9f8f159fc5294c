import type { BulkEndingOnWire } from 'latchkey/client'
import { useState } from 'react'
import { type NewBulkEnding, startBulkEnding } from '../api/bulk-endings.ts'
import { countText } from '../numbers/number-text.ts'
import { failureText } from '../reauthentication/failure-text.ts'
import { countChanged } from './typed-count.ts'
import { useBulkEndingChanged } from './use-bulk-endings.ts'

interface Start {
  readonly state: 'idle' | 'busy'
  /** Why nothing was ended; null where nothing went wrong. */
  readonly failure: string | null
  readonly start: (ending: NewBulkEnding) => Promise<void>
}

/** Starts the job; `onOtherCount`: there are more or fewer than was confirmed. */
export function useStart(onStarted: (job: BulkEndingOnWire) => void, onOtherCount: () => void): Start {
  const [state, setState] = useState<Start['state']>('idle')
  const [failure, setFailure] = useState<string | null>(null)
  const changed = useBulkEndingChanged()

  async function start(ending: NewBulkEnding): Promise<void> {
    setState('busy')
    setFailure(null)
    try {
      const job = await startBulkEnding(ending)
      await changed(job)
      onStarted(job)
    } catch (error) {
      const now = countChanged(error)
      setFailure(now === null ? failureText(error) : otherCountText(now))
      if (now !== null) onOtherCount()
      setState('idle')
    }
  }
  return { state, failure, start }
}

function otherCountText(now: number): string {
  return `Nothing was ended: there are ${countText(now)} by now. Look again, and type the new number.`
}
