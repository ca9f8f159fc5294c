import { type ReactElement, type RefObject, useState } from 'react'
import { ConfirmationDialog } from './confirmation-dialog.tsx'
import { carryOut, confirmationFor, type EndingRequest } from './ending-request.ts'
import type { ReauthenticationOptions } from './reauthentication.ts'
import { SessionItem } from './session-item.tsx'
import type { SessionLabels } from './session-labels.ts'
import { sessionNames } from './session-names.ts'
import type { DeviceNames } from './use-device-names.ts'
import { useNow } from './use-now.ts'
import type { LiveSessions } from './use-sessions.ts'

interface ListProps {
  readonly live: LiveSessions
  readonly deviceNames: DeviceNames
  readonly labels: SessionLabels
  readonly locale: string | undefined
  readonly headingTag: 'h3' | 'h4' | 'h5'
  /** Takes the focus from a session that goes away. */
  readonly heading: RefObject<HTMLElement | null>
}

interface SessionEndingsProps extends ListProps, ReauthenticationOptions {
  /** Something was ended: the button that had the focus may be gone. */
  readonly onEnded: () => void
}

/** The list with its buttons, each of which asks first. */
export function SessionEndings({ onEnded, onReauthenticate, ...props }: SessionEndingsProps): ReactElement {
  const [request, setRequest] = useState<EndingRequest | null>(null)
  const { live, labels } = props
  return (
    <>
      <SessionList {...props} onRequest={setRequest} />
      <ManyButtons {...props} onRequest={setRequest} />
      {request && (
        <ConfirmationDialog
          confirmation={confirmationFor(request, live, labels)}
          labels={labels}
          onConfirm={() => carryOut(request, live)}
          onReauthenticate={onReauthenticate}
          onClose={(outcome) => {
            setRequest(null)
            if (outcome === 'done') onEnded()
          }}
        />
      )}
    </>
  )
}

interface RequestingProps extends ListProps {
  readonly onRequest: (request: EndingRequest) => void
}

function SessionList({ live, deviceNames, onRequest, ...props }: RequestingProps): ReactElement {
  const now = useNow()
  const { labels, locale } = props
  const names = sessionNames(live.sessions, deviceNames, labels, locale)
  return (
    <ul className="latchkey-list">
      {live.sessions.map((session, index) => {
        const name = names[index] ?? { device: labels.deviceName(session, null), details: null }
        return (
          <SessionItem
            {...props}
            key={session.id}
            session={session}
            name={name}
            now={now}
            onEnd={() => onRequest({ kind: 'one', session, name })}
          />
        )
      })}
    </ul>
  )
}

function ManyButtons({ live, labels, onRequest }: RequestingProps): ReactElement {
  const hasOthers = live.sessions.some((session) => !session.is_current)
  return (
    <div className="latchkey-actions">
      {hasOthers && (
        <button type="button" className="latchkey-button" onClick={() => onRequest({ kind: 'others' })}>
          {labels.endOthers}
        </button>
      )}
      <button type="button" className="latchkey-button" onClick={() => onRequest({ kind: 'all' })}>
        {labels.endAll}
      </button>
    </div>
  )
}
