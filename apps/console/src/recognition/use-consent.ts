import { useQuery, useQueryClient } from '@tanstack/react-query'
import { observeDevice } from 'latchkey/client'
import { useState } from 'react'
import { sessionService } from '../api/session-service.ts'
import { useMe } from '../layout/use-me.ts'
import { declineRecognition, isRecognitionDeclined, reconsiderRecognition } from './declined-recognition.ts'
import { fingerprintState } from './fingerprint-state.ts'

interface Consent {
  /** `open`: the user has not been asked yet. `not-needed`: the operator asks nobody, or they have agreed. */
  readonly state: 'not-needed' | 'open' | 'declined'
  /** Looks at this browser. Rejects with words that can be shown. */
  readonly agree: () => Promise<void>
  readonly decline: () => void
  readonly reconsider: () => void
}

/** The user's consent to being recognised by this browser, where the operator wants it asked for. */
export function useConsent(): Consent {
  const { user } = useMe()
  const client = useQueryClient()
  const { data } = useQuery(fingerprintState)
  const [answer, setAnswer] = useState<'open' | 'declined'>(
    isRecognitionDeclined(user.id) ? 'declined' : 'open',
  )
  const isNeeded = data?.mode === 'consent' && data.taken_at === null
  return {
    state: isNeeded ? answer : 'not-needed',
    agree: async () => {
      const observation = await observeDevice(sessionService, { consent: true })
      if (observation === 'failed') throw new Error('That did not work, and nothing was stored.')
      await client.invalidateQueries({ queryKey: fingerprintState.queryKey })
    },
    decline: () => {
      declineRecognition(user.id)
      setAnswer('declined')
    },
    reconsider: () => {
      reconsiderRecognition(user.id)
      setAnswer('open')
    },
  }
}
