import { useCallback, useEffect, useRef } from 'react'
import { callReauthenticated, type ReauthenticationOptions } from './reauthentication.ts'

/** Makes a call as `callReauthenticated` does. */
export type CallReauthenticated = <Answer>(call: () => Promise<Answer>) => Promise<Answer>

/** The same function at each render, which asks in the way that was given last. */
export function useReauthentication({ onReauthenticate }: ReauthenticationOptions): CallReauthenticated {
  const latest = useRef(onReauthenticate)
  useEffect(() => {
    latest.current = onReauthenticate
  })
  return useCallback((call) => callReauthenticated(call, latest.current), [])
}
