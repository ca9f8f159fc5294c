import { MonitorSmartphone, RefreshCw } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { Button } from '../primitives/button.tsx'
import { EmptyState } from '../primitives/empty-state.tsx'
import { Notice } from '../primitives/notice.tsx'
import { useFocusHeir } from '../primitives/use-focus-heir.ts'
import type { KnownDevices } from './use-known-devices.ts'

export function NoDevices(): ReactNode {
  return (
    <EmptyState icon={MonitorSmartphone} title="No devices yet">
      A browser appears here with its next sign-in.
    </EmptyState>
  )
}

interface FailedProps {
  known: KnownDevices
  /** Takes the focus when trying again has worked. */
  heading: RefObject<HTMLElement | null>
}

/** Nothing is known, because the first attempt failed. */
export function UnavailableDevices({ known, heading }: FailedProps): ReactNode {
  return (
    <div role="status" ref={useFocusHeir(heading)}>
      <EmptyState
        icon={RefreshCw}
        title="Your devices could not be loaded"
        action={<Button onClick={() => void known.refresh()}>Load devices again</Button>}
      >
        {known.error?.message}
      </EmptyState>
    </div>
  )
}

/** Above a list that is still shown, though a later attempt failed. */
export function OutdatedDevices({ known, heading }: FailedProps): ReactNode {
  const retry = (
    <button
      type="button"
      className="shrink-0 font-medium underline underline-offset-4"
      onClick={() => void known.refresh()}
    >
      Load devices again
    </button>
  )
  return (
    <div className="mb-4" ref={useFocusHeir(heading)}>
      <Notice look="danger" role="status" action={retry}>
        The devices could not be brought up to date. The list shows what was known before.
      </Notice>
    </div>
  )
}
