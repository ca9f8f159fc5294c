import type { UserDevice } from 'latchkey/client'
import { Dialog } from 'radix-ui'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../primitives/button.tsx'
import { DialogFrame } from '../primitives/dialog-frame.tsx'
import { TextField } from '../primitives/text-field.tsx'
import { useAttempt } from '../primitives/use-attempt.ts'
import { kindName } from './device-words.ts'
import { nameFault } from './name-fault.ts'

interface RenameDialogProps {
  /** Null: closed. */
  device: UserDevice | null
  /** Null takes the name away. A rejection is shown in the dialog, which then stays. */
  rename: (device: UserDevice, name: string | null) => Promise<void>
  onClose: () => void
  /** Called when the dialog has gone, to put the focus where it belongs. */
  onReturnFocus: () => void
}

export function RenameDialog({ device, rename, onClose, onReturnFocus }: RenameDialogProps): ReactNode {
  return (
    <DialogFrame
      title="Rename device"
      isOpen={device !== null}
      onClose={onClose}
      onReturnFocus={onReturnFocus}
    >
      {device ? <RenameForm device={device} rename={rename} onClose={onClose} /> : null}
    </DialogFrame>
  )
}

type RenameFormProps = Omit<RenameDialogProps, 'device' | 'onReturnFocus'> & { device: UserDevice }

function RenameForm({ device, rename, onClose }: RenameFormProps): ReactNode {
  const [name, setName] = useState(device.name ?? '')
  const [fault, setFault] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const wanted = name.trim()
  const { state, failure, attempt } = useAttempt(() => rename(device, wanted === '' ? null : wanted), onClose)

  const error = fault ?? failure
  useEffect(() => {
    if (error !== null) field.current?.focus()
  }, [error])

  function submit(event: FormEvent): void {
    event.preventDefault()
    const found = nameFault(wanted)
    setFault(found)
    if (found === null && state === 'idle') void attempt()
  }

  return (
    <form onSubmit={submit} noValidate className="mt-4">
      <TextField
        label="Name"
        name="device-name"
        autoComplete="off"
        autoFocus
        ref={field}
        placeholder={kindName(device, device.device_info)}
        hint={`Without a name, it is shown as ${kindName(device, device.device_info)}.`}
        error={error}
        value={name}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setName(event.target.value)}
      />
      <Buttons busy={state === 'busy' ? 'Saving…' : null} />
    </form>
  )
}

function Buttons({ busy }: { busy: string | null }): ReactNode {
  return (
    <div className="mt-6 flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
      <Dialog.Close asChild>
        <Button className="max-sm:h-10">Cancel</Button>
      </Dialog.Close>
      <Button type="submit" look="primary" className="max-sm:h-10" busy={busy}>
        Save
      </Button>
    </div>
  )
}
