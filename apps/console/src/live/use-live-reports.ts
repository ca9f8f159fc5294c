import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type ChangeSource, LiveChanges } from './live-changes.ts'

/** `event: changed` whenever sessions, alerts or jobs of anybody change; it says no more than that. */
const path = '/api/v1/admin/events'

const browser: ChangeSource = {
  open: () => new EventSource(path),
  after: (delay, run) => {
    const timer = setTimeout(run, delay)
    return () => clearTimeout(timer)
  },
  isVisible: () => document.visibilityState === 'visible',
}

/**
 * Asks anew for what begins with one of the keys whenever something has changed, as it happens. Returns how current
 * that is. Keys of one module: they are compared by what they are, not by what they hold.
 */
export function useLiveReports(keys: readonly QueryKey[]): 'connecting' | 'stream' | 'polling' {
  const client = useQueryClient()
  const [state, setState] = useState<'connecting' | 'stream' | 'polling'>('connecting')
  useEffect(() => {
    // What is under way is not begun anew: a server that is slow would never come to an end.
    const refresh = (done: () => void): void => {
      const asked = keys.map((queryKey) => client.invalidateQueries({ queryKey }, { cancelRefetch: false }))
      void Promise.allSettled(asked).then(done)
    }
    const watch = new LiveChanges(browser, refresh, setState)
    const turned = (): void => watch.turned()
    document.addEventListener('visibilitychange', turned)
    return () => {
      watch.stop()
      document.removeEventListener('visibilitychange', turned)
    }
  }, [client, keys])
  return state
}
