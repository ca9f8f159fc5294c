import { useMemo, useSyncExternalStore } from 'react'
import { type DevicesSnapshot, initialDevices } from '../client/devices-watch.ts'
import type { SessionService } from '../client/session-service.ts'
import type { SessionsWatch } from '../client/sessions-watch.ts'
import { sharedDevicesWatch } from './shared-watch.ts'

/** What users call their devices, by device id. */
export type DeviceNames = ReadonlyMap<string, string>

const nothing: DeviceNames = new Map()
const neverChanges = { subscribe: () => () => {}, getSnapshot: () => initialDevices }

/** The names that the user gave; none where only a list of sessions is at hand, or the devices cannot be had. */
export function useDeviceNames(source: SessionService | SessionsWatch): DeviceNames {
  const bound = useMemo(() => {
    if (!('watchDevices' in source)) return neverChanges
    const watch = sharedDevicesWatch(source)
    return {
      subscribe: (listener: () => void) => watch.subscribe(listener),
      getSnapshot: () => watch.getSnapshot(),
    }
  }, [source])
  const { devices } = useSyncExternalStore(bound.subscribe, bound.getSnapshot, () => initialDevices)
  return useMemo(() => namesOf(devices), [devices])
}

function namesOf(devices: DevicesSnapshot['devices']): DeviceNames {
  const named = devices.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const]))
  return named.length === 0 ? nothing : new Map(named)
}
