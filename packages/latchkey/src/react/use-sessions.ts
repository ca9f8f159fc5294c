import { useMemo, useSyncExternalStore } from 'react'
import type { SessionService } from '../client/session-service.ts'
import { initialSnapshot, type SessionsSnapshot } from '../client/sessions-snapshot.ts'
import type { SessionsWatch } from '../client/sessions-watch.ts'
import type { ReauthenticationOptions } from './reauthentication.ts'
import { sharedWatch } from './shared-watch.ts'
import { type CallReauthenticated, useReauthentication } from './use-reauthentication.ts'

/** What can be done with live sessions; the same functions at each render. */
export type SessionActions = Pick<
  SessionsWatch,
  'refresh' | 'revokeSession' | 'revokeOtherSessions' | 'revokeAllSessions'
>

/** What a component gets: what is known at the moment, and what can be done. */
export type LiveSessions = SessionsSnapshot & SessionActions

/**
 * The user's sessions, kept current while the component is mounted. Components that are given the same
 * service share one list, one stream and one set of requests.
 *
 * @example
 * const { state, sessions, revokeSession } = useSessions(sessionService)
 */
export function useSessions(
  source: SessionService | SessionsWatch,
  options: ReauthenticationOptions = {},
): LiveSessions {
  const call = useReauthentication(options)
  const bound = useMemo(() => bind(sharedWatch(source), call), [source, call])
  const snapshot = useSyncExternalStore(bound.subscribe, bound.getSnapshot, () => initialSnapshot)
  return useMemo(() => ({ ...snapshot, ...bound.actions }), [snapshot, bound])
}

interface BoundWatch {
  readonly subscribe: SessionsWatch['subscribe']
  readonly getSnapshot: SessionsWatch['getSnapshot']
  readonly actions: SessionActions
}

function bind(watch: SessionsWatch, call: CallReauthenticated): BoundWatch {
  return {
    subscribe: (listener) => watch.subscribe(listener),
    getSnapshot: () => watch.getSnapshot(),
    actions: {
      refresh: () => watch.refresh(),
      revokeSession: (sessionId) => call(() => watch.revokeSession(sessionId)),
      revokeOtherSessions: () => call(() => watch.revokeOtherSessions()),
      revokeAllSessions: () => call(() => watch.revokeAllSessions()),
    },
  }
}
