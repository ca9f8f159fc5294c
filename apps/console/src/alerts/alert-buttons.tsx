import type { AlertOnWire, AlertStateOnWire } from 'latchkey/client'
import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { useMe } from '../layout/use-me.ts'
import { Button } from '../primitives/button.tsx'
import { ConfirmDialog } from '../primitives/confirm-dialog.tsx'
import { useConfirmation } from '../primitives/use-confirmation.ts'
import { nextStates, stateVerb } from './alert-words.ts'
import { AssignDialog } from './assign-dialog.tsx'
import { endSessionOfAlert } from './end-session-of-alert.tsx'
import { MuteDialog } from './mute-dialog.tsx'
import type { AlertActions } from './use-alert-actions.ts'
import { useAlertsChanged } from './use-alerts.ts'

interface AlertButtonsProps {
  alert: AlertOnWire
  actions: AlertActions
  setState: (alert: AlertOnWire, state: AlertStateOnWire) => Promise<void>
  headingRef: RefObject<HTMLHeadingElement | null>
}

/** All that can be made of an alert. */
export function AlertButtons({ alert, actions, setState, headingRef }: AlertButtonsProps): ReactNode {
  const { user } = useMe()
  const busy = actions.busy.has(alert.id)
  const isMine = alert.assignee === user.id
  const assign = isMine ? 'Give it up' : alert.assignee === null ? 'Assign to me' : 'Take it over'
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      {nextStates(alert.state).map((state, index) => (
        <Button
          key={state}
          size="small"
          look={index === 0 ? 'primary' : 'secondary'}
          busy={busy ? stateVerb(state) : null}
          onClick={() => void setState(alert, state)}
        >
          {stateVerb(state)}
        </Button>
      ))}
      <Button
        size="small"
        busy={busy ? assign : null}
        onClick={() => void actions.change(alert, { assignee: isMine ? null : 'me' })}
      >
        {assign}
      </Button>
      <AssignButton alert={alert} />
      <MuteButton alert={alert} />
      <EndButton alert={alert} headingRef={headingRef} />
    </div>
  )
}

function AssignButton({ alert }: Pick<AlertButtonsProps, 'alert'>): ReactNode {
  const [dialog, setDialog] = useState<'open' | 'closed'>('closed')
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button ref={button} size="small" onClick={() => setDialog('open')}>
        Assign to…
      </Button>
      <AssignDialog
        alert={dialog === 'open' ? alert : null}
        onClose={() => setDialog('closed')}
        onReturnFocus={() => button.current?.focus()}
      />
    </>
  )
}

function MuteButton({ alert }: Pick<AlertButtonsProps, 'alert'>): ReactNode {
  const [dialog, setDialog] = useState<'open' | 'closed'>('closed')
  const button = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Button ref={button} size="small" onClick={() => setDialog('open')}>
        Mute…
      </Button>
      <MuteDialog
        alert={dialog === 'open' ? alert : null}
        onClose={() => setDialog('closed')}
        onReturnFocus={() => button.current?.focus()}
      />
    </>
  )
}

function EndButton({ alert, headingRef }: Pick<AlertButtonsProps, 'alert' | 'headingRef'>): ReactNode {
  const { ask, dialog } = useConfirmation(() => headingRef.current?.focus())
  const changed = useAlertsChanged()
  return (
    <>
      {alert.session_id !== null && alert.session_active === true ? (
        <Button size="small" look="dangerous" onClick={() => ask(endSessionOfAlert(alert, changed))}>
          End the session…
        </Button>
      ) : null}
      <ConfirmDialog {...dialog} />
    </>
  )
}
