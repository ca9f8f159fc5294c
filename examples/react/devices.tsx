import { deviceName, type SessionService, type UserDevice } from 'latchkey/client'
import { type LiveDevices, useDevices } from 'latchkey/react'
import type { ReactElement } from 'react'

/** The user's devices in a look of the page's own: what `useDevices` is for. */
export function Devices({ service }: { service: SessionService }): ReactElement | null {
  const { devices, renameDevice, forgetDevice } = useDevices(service)
  if (devices.length === 0) return null
  return (
    <section aria-labelledby="devices">
      <h2 id="devices">Devices</h2>
      <ul className="devices">
        {devices.map((device) => (
          <li key={device.id}>
            <p id={device.id}>
              <strong>{deviceName(device.device_info, device.name)}</strong>
              {device.is_current && ' (this device)'}, last seen {day(device.last_seen)}
              {likeness(device, devices)}
            </p>
            <DeviceButton device={device} action="Rename" onClick={() => rename(device, renameDevice)} />{' '}
            <DeviceButton device={device} action="Forget" onClick={() => forget(device, forgetDevice)} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface DeviceButtonProps {
  readonly device: UserDevice
  readonly action: string
  readonly onClick: () => void
}

/** Called by the device, too: a button named "Forget" alone would not say what. */
function DeviceButton({ device, action, onClick }: DeviceButtonProps): ReactElement {
  const id = `${action}-${device.id}`
  return (
    <button type="button" id={id} aria-labelledby={`${id} ${device.id}`} onClick={onClick}>
      {action}
    </button>
  )
}

function rename({ id, name }: UserDevice, renameDevice: LiveDevices['renameDevice']): void {
  const given = prompt('What do you call this device?', name ?? '')
  if (given !== null) void renameDevice(id, given.trim() || null).catch(tell)
}

function forget({ id }: UserDevice, forgetDevice: LiveDevices['forgetDevice']): void {
  if (confirm('Sign this device out and forget it?')) void forgetDevice(id).catch(tell)
}

function likeness({ resembles }: UserDevice, devices: readonly UserDevice[]): string | null {
  const other = devices.find(({ id }) => id === resembles?.device_id)
  return other ? `. Resembles ${deviceName(other.device_info, other.name)}` : null
}

function day(at: string): string {
  return new Date(at).toLocaleDateString(undefined, { dateStyle: 'medium' })
}

function tell(error: Error): void {
  alert(error.message)
}
