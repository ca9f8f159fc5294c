import type { ReactElement } from 'react'
import type { SessionLabels } from './session-labels.ts'
import type { LiveSessions } from './use-sessions.ts'

interface SessionNoticeProps {
  readonly live: LiveSessions
  readonly labels: SessionLabels
}

/** What stands in place of the list, or above it when it may be out of date. */
export function SessionNotice({ live, labels }: SessionNoticeProps): ReactElement | null {
  if (live.state === 'loading') {
    return (
      <p className="latchkey-notice" aria-busy="true">
        {labels.loading}
      </p>
    )
  }
  if (live.state === 'signed-out') {
    return (
      <p className="latchkey-notice" role="alert">
        {labels.signedOut(live.endReason)}
      </p>
    )
  }
  if (live.error !== null) {
    return (
      <div className="latchkey-notice">
        <p className="latchkey-error" role="alert">
          {labels.loadFailed(live.error)}
        </p>
        <button type="button" className="latchkey-button" onClick={() => void live.refresh()}>
          {labels.retry}
        </button>
      </div>
    )
  }
  return live.sessions.length === 0 ? <p className="latchkey-notice">{labels.empty}</p> : null
}
