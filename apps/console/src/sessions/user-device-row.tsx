import type { UserDevice } from 'latchkey/client'
import { type ReactNode, useRef, useState } from 'react'
import { DeviceIcon } from '../device/device-icon.tsx'
import { activeSessionsText, kindName, shownName } from '../devices/device-words.ts'
import { TrustBadge } from '../devices/trust-badge.tsx'
import { calendarDay } from '../moment/exact-moment.ts'
import { Moment } from '../moment/moment.tsx'
import { Badge } from '../primitives/badge.tsx'
import { Button } from '../primitives/button.tsx'
import { useAttempt } from '../primitives/use-attempt.ts'

interface UserDeviceRowProps {
  device: UserDevice
  /** What tells it from every other one, for those who hear it. */
  described: string
  forget: (device: UserDevice) => Promise<void>
}

/** One device; that it is to be forgotten is asked in its own row, since this stands in a dialog already. */
export function UserDeviceRow({ device, described, forget }: UserDeviceRowProps): ReactNode {
  const [asking, setAsking] = useState<'no' | 'yes'>('no')
  const button = useRef<HTMLButtonElement>(null)
  const info = device.device_info
  function keep(): void {
    setAsking('no')
    queueMicrotask(() => button.current?.focus())
  }
  return (
    <li className="py-3">
      <div className="flex items-start gap-3">
        <DeviceIcon type={info.type} className="mt-0.5 size-4 shrink-0 text-muted" />
        <div className="min-w-0 flex-1 text-[0.8125rem]">
          <Heading device={device} />
          <p className="text-muted">
            {activeSessionsText(device.active_sessions)} · last sign-in <Moment at={device.last_seen} />
          </p>
          <p className="text-muted">First seen {calendarDay(device.first_seen)}</p>
        </div>
        {asking === 'no' ? (
          <Button
            ref={button}
            size="small"
            aria-label={`Forget ${described}`}
            onClick={() => setAsking('yes')}
          >
            Forget
          </Button>
        ) : null}
      </div>
      {asking === 'yes' ? <Question device={device} forget={forget} onKeep={keep} /> : null}
    </li>
  )
}

function Heading({ device }: { device: UserDevice }): ReactNode {
  const info = device.device_info
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <span dir="auto" className="text-sm font-medium wrap-anywhere">
        {shownName(device, info)}
      </span>
      {device.name ? <span className="text-muted">{kindName(device, info)}</span> : null}
      {device.is_current ? <Badge look="accent">This device</Badge> : null}
      <TrustBadge device={device} />
    </p>
  )
}

interface QuestionProps extends Omit<UserDeviceRowProps, 'described'> {
  onKeep: () => void
}

function Question({ device, forget, onKeep }: QuestionProps): ReactNode {
  const { state, failure, attempt } = useAttempt(
    () => forget(device),
    () => {},
  )
  const { active_sessions: count } = device
  const ends =
    count === 0 ? '' : `${count === 1 ? 'Its session ends' : `Its ${count} sessions end`} at once, and `
  const next = 'the next sign-in there counts as one on a new device.'
  return (
    <div className="mt-2 pl-7 text-[0.8125rem]">
      <p className="text-pretty text-muted">
        {ends}
        {ends === '' ? next.replace('the', 'The') : next}
        {device.is_current ? ' It is the device that you are using.' : ''}
      </p>
      {failure ? (
        <p role="alert" className="mt-1 text-danger-text">
          {failure}
        </p>
      ) : null}
      <div className="mt-2 flex gap-2">
        <Button
          size="small"
          look="danger"
          busy={state === 'busy' ? 'Forgetting…' : null}
          onClick={() => void attempt()}
        >
          Forget device
        </Button>
        <Button size="small" autoFocus onClick={onKeep}>
          Keep
        </Button>
      </div>
    </div>
  )
}
