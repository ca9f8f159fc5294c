import type { UserDevice } from 'latchkey/client'
import type { ReactNode } from 'react'
import { shownName } from './device-words.ts'

interface ResemblanceProps {
  device: UserDevice
  find: (deviceId: string) => UserDevice | null
  className?: string
}

/** `Resembles Work laptop (87 %)`; nothing where it resembles none. */
export function Resemblance({ device, find, className }: ResemblanceProps): ReactNode {
  if (device.resembles === null) return null
  const { device_id: id, confidence } = device.resembles
  const other = find(id)
  return (
    <span className={className}>
      Resembles <bdi>{other ? shownName(other, other.device_info) : 'a device that was forgotten'}</bdi> (
      {Math.round(confidence * 100)}
      {'\u00a0%)'}
    </span>
  )
}
