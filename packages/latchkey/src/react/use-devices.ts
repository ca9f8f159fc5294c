import { useMemo, useSyncExternalStore } from 'react'
import { type DevicesSnapshot, type DevicesWatch, initialDevices } from '../client/devices-watch.ts'
import type { SessionService } from '../client/session-service.ts'
import { sharedDevicesWatch } from './shared-watch.ts'

/** What can be done with live devices; the same functions at each render. */
export type DeviceActions = Pick<
  DevicesWatch,
  'refresh' | 'renameDevice' | 'trustDevice' | 'untrustDevice' | 'forgetDevice' | 'endDeviceSessions'
>

/** What a component gets: what is known at the moment, and what can be done. */
export type LiveDevices = DevicesSnapshot & DeviceActions

/**
 * The user's devices, kept current while the component is mounted, as `useSessions` does for sessions. Both
 * share the stream of their service.
 *
 * @example
 * const { devices, renameDevice } = useDevices(sessionService)
 */
export function useDevices(source: SessionService | DevicesWatch): LiveDevices {
  const bound = useMemo(() => bind(sharedDevicesWatch(source)), [source])
  const snapshot = useSyncExternalStore(bound.subscribe, bound.getSnapshot, () => initialDevices)
  return useMemo(() => ({ ...snapshot, ...bound.actions }), [snapshot, bound])
}

interface BoundWatch {
  readonly subscribe: DevicesWatch['subscribe']
  readonly getSnapshot: DevicesWatch['getSnapshot']
  readonly actions: DeviceActions
}

function bind(watch: DevicesWatch): BoundWatch {
  return {
    subscribe: (listener) => watch.subscribe(listener),
    getSnapshot: () => watch.getSnapshot(),
    actions: {
      refresh: () => watch.refresh(),
      renameDevice: (deviceId, name) => watch.renameDevice(deviceId, name),
      trustDevice: (deviceId, seconds) => watch.trustDevice(deviceId, seconds),
      untrustDevice: (deviceId) => watch.untrustDevice(deviceId),
      forgetDevice: (deviceId) => watch.forgetDevice(deviceId),
      endDeviceSessions: (deviceId) => watch.endDeviceSessions(deviceId),
    },
  }
}
