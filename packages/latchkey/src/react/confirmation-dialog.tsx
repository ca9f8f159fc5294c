import { type ReactElement, useId } from 'react'
import { callReauthenticated, type Reauthenticate } from './reauthentication.ts'
import type { ConfirmationLabels, SessionLabels } from './session-labels.ts'
import { useConfirmation } from './use-confirmation.ts'
import { useModal } from './use-modal.ts'

/** What the dialog needs. */
export interface ConfirmationDialogProps {
  readonly confirmation: ConfirmationLabels
  readonly labels: SessionLabels
  /** Does it. While it runs the dialog stays; when it rejects, the dialog says why. */
  readonly onConfirm: () => Promise<unknown>
  /** Asked where it is refused until the user proves again who they are. */
  readonly onReauthenticate: Reauthenticate | undefined
  /** It was done, or called off. The browser then gives the focus back to where it was. */
  readonly onClose: (outcome: 'done' | 'cancelled') => void
}

/** Asks before something is ended. The focus starts on the button that changes nothing. */
export function ConfirmationDialog(props: ConfirmationDialogProps): ReactElement {
  const { confirmation, labels, onConfirm, onReauthenticate, onClose } = props
  const { dialog, firstFocus, close, setAside } = useModal()
  const reauthenticate = onReauthenticate && (() => setAside(onReauthenticate))
  const end = () => callReauthenticated(onConfirm, reauthenticate)
  const { work, confirm, callOff } = useConfirmation(end, (outcome) => {
    close()
    onClose(outcome)
  })
  const id = useId()
  return (
    <dialog
      ref={dialog}
      className="latchkey-dialog"
      aria-labelledby={`${id}title`}
      aria-describedby={`${id}text`}
      onCancel={(event) => {
        event.preventDefault()
        callOff()
      }}
    >
      <h2 id={`${id}title`} className="latchkey-dialog-title">
        {confirmation.title}
      </h2>
      <p id={`${id}text`}>{confirmation.text}</p>
      {work.error && <Failure text={labels.endFailed(work.error)} />}
      <div className="latchkey-actions">
        <button ref={firstFocus} type="button" className="latchkey-button" onClick={callOff}>
          {labels.cancel}
        </button>
        <ConfirmButton isWorking={work.isRunning} onClick={confirm}>
          {work.isRunning ? labels.working : confirmation.confirm}
        </ConfirmButton>
      </div>
    </dialog>
  )
}

function Failure({ text }: { text: string }): ReactElement {
  return (
    <p role="alert" className="latchkey-error">
      {text}
    </p>
  )
}

interface ConfirmButtonProps {
  readonly isWorking: boolean
  readonly onClick: () => void
  readonly children: string
}

/** Not `disabled` while it works: it would lose the focus, and its reader the place. */
function ConfirmButton({ isWorking, onClick, children }: ConfirmButtonProps): ReactElement {
  return (
    <button
      type="button"
      className="latchkey-button latchkey-button-danger"
      aria-disabled={isWorking}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
