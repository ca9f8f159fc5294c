import type { ReactElement, RefObject } from 'react'
import type { SessionLabels } from './session-labels.ts'
import { useFocusHeir } from './use-focus-heir.ts'
import type { LiveSessions } from './use-sessions.ts'

interface SessionNoticeProps {
  readonly live: LiveSessions
  readonly labels: SessionLabels
  /** Takes the focus when trying again has worked and its button has gone. */
  readonly heading: RefObject<HTMLElement | null>
}

/** What stands in place of the list, or above it when it may be out of date. */
export function SessionNotice(props: SessionNoticeProps): ReactElement | null {
  const { live, labels } = props
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
  if (live.error !== null) return <Failure {...props} error={live.error} />
  return live.sessions.length === 0 ? <p className="latchkey-notice">{labels.empty}</p> : null
}

interface FailureProps extends SessionNoticeProps {
  readonly error: NonNullable<LiveSessions['error']>
}

function Failure({ live, labels, heading, error }: FailureProps): ReactElement {
  return (
    <div ref={useFocusHeir<HTMLDivElement>(heading)} className="latchkey-notice">
      <p className="latchkey-error" role="alert">
        {labels.loadFailed(error)}
      </p>
      <button type="button" className="latchkey-button" onClick={() => void live.refresh()}>
        {labels.retry}
      </button>
    </div>
  )
}
