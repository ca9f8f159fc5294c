import type { UserDevice } from 'latchkey/client'
import type { ReactNode } from 'react'
import { calendarDay, exactMoment } from '../moment/exact-moment.ts'
import { Tip } from '../primitives/tip.tsx'
import { alsoUsedText } from './device-words.ts'
import { Resemblance } from './resemblance.tsx'

interface DeviceHintsProps {
  device: UserDevice
  /** Of the session that it is shown with. */
  location: string | null
  find: (deviceId: string) => UserDevice | null
}

/** What helps to recognise it: since when it is known, where else it was used, which other one it looks like. */
export function DeviceHints({ device, location, find }: DeviceHintsProps): ReactNode {
  const also = alsoUsedText(device, location)
  return (
    <p className="text-pretty wrap-anywhere">
      <FirstSeen at={device.first_seen} />
      {also ? ` · ${also}` : null}
      <Resemblance device={device} find={find} className="block" />
    </p>
  )
}

function FirstSeen({ at }: { at: string }): ReactNode {
  return (
    <Tip text={`First seen ${exactMoment(at)}`}>
      <span>
        First seen <time dateTime={at}>{calendarDay(at)}</time>
      </span>
    </Tip>
  )
}
