import type { ManagedSession } from 'latchkey/client'
import type { ReactNode } from 'react'
import { describedDevice } from '../devices/device-words.ts'
import { Button } from '../primitives/button.tsx'
import { DialogFrame } from '../primitives/dialog-frame.tsx'
import { distinctNames } from '../primitives/distinct-names.ts'
import { Notice } from '../primitives/notice.tsx'
import { Skeleton } from '../primitives/skeleton.tsx'
import { useUserDevices } from './use-user-devices.ts'
import { UserDeviceRow } from './user-device-row.tsx'

interface UserDevicesDialogProps {
  /** One of the user's sessions; null: closed. */
  session: ManagedSession | null
  onClose: () => void
  onReturnFocus: () => void
}

/** The devices of one user, and the way to forget one of them. */
export function UserDevicesDialog({ session, onClose, onReturnFocus }: UserDevicesDialogProps): ReactNode {
  return (
    <DialogFrame
      title={`Devices of ${session?.user_label ?? session?.user_id ?? ''}`}
      isOpen={session !== null}
      onClose={onClose}
      onReturnFocus={onReturnFocus}
    >
      {session ? <Devices userId={session.user_id} /> : null}
      <div className="sticky -bottom-6 -mx-6 mt-4 -mb-6 flex justify-end border-t border-line bg-surface px-6 py-4">
        <Button className="max-sm:h-10 max-sm:w-full" onClick={onClose}>
          Close
        </Button>
      </div>
    </DialogFrame>
  )
}

function Devices({ userId }: { userId: string }): ReactNode {
  const { result, forget } = useUserDevices(userId)
  if (result.isPending) {
    return (
      <div className="mt-4 space-y-3">
        <span role="status" className="sr-only">
          Loading the devices…
        </span>
        <Skeleton className="h-10 w-full" />
        <Skeleton className="h-10 w-full" />
      </div>
    )
  }
  if (!result.data) return <Failure message={result.error.message} retry={() => void result.refetch()} />
  const { devices } = result.data
  if (devices.length === 0) return <p className="mt-3 text-muted">None is on record.</p>
  const described = distinctNames(devices.map(describedDevice))
  return (
    <ul aria-label="Devices" className="mt-3 divide-y divide-line">
      {devices.map((device, index) => (
        <UserDeviceRow key={device.id} device={device} described={described[index] ?? ''} forget={forget} />
      ))}
    </ul>
  )
}

function Failure({ message, retry }: { message: string; retry: () => void }): ReactNode {
  const again = (
    <button type="button" className="shrink-0 font-medium underline underline-offset-4" onClick={retry}>
      Try again
    </button>
  )
  return (
    <div className="mt-4">
      <Notice look="danger" role="alert" action={again}>
        The devices could not be loaded. {message}
      </Notice>
    </div>
  )
}
