import { useState } from 'react'
import { asSessionServiceError, type SessionServiceError } from '../client/session-service-error.ts'

interface Confirmation {
  readonly work: { readonly isRunning: boolean; readonly error: SessionServiceError | null }
  readonly confirm: () => void
  readonly callOff: () => void
}

/** Does what was confirmed, once however often the button is pressed. What is under way is not called off. */
export function useConfirmation(
  onConfirm: () => Promise<unknown>,
  onClose: (outcome: 'done' | 'cancelled') => void,
): Confirmation {
  const [work, setWork] = useState<Confirmation['work']>({ isRunning: false, error: null })
  const run = async () => {
    setWork({ isRunning: true, error: null })
    try {
      await onConfirm()
    } catch (error) {
      setWork({ isRunning: false, error: asSessionServiceError(error) })
      return
    }
    onClose('done')
  }
  return {
    work,
    confirm: () => {
      if (!work.isRunning) void run()
    },
    callOff: () => {
      if (!work.isRunning) onClose('cancelled')
    },
  }
}
