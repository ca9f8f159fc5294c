import { useMemo, useSyncExternalStore } from 'react'
import { type DevicesSnapshot, type DevicesWatch, initialDevices } from '../client/devices-watch.ts'
import type { SessionService } from '../client/session-service.ts'
import type { ReauthenticationOptions } from './reauthentication.ts'
import { sharedDevicesWatch } from './shared-watch.ts'
import { type CallReauthenticated, useReauthentication } from './use-reauthentication.ts'

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
export function useDevices(
  source: SessionService | DevicesWatch,
  options: ReauthenticationOptions = {},
): LiveDevices {
  const call = useReauthentication(options)
  const bound = useMemo(() => bind(sharedDevicesWatch(source), call), [source, call])
  const snapshot = useSyncExternalStore(bound.subscribe, bound.getSnapshot, () => initialDevices)
  return useMemo(() => ({ ...snapshot, ...bound.actions }), [snapshot, bound])
}

interface BoundWatch {
  readonly subscribe: DevicesWatch['subscribe']
  readonly getSnapshot: DevicesWatch['getSnapshot']
  readonly actions: DeviceActions
}

function bind(watch: DevicesWatch, call: CallReauthenticated): BoundWatch {
  return {
    subscribe: (listener) => watch.subscribe(listener),
    getSnapshot: () => watch.getSnapshot(),
    actions: {
      refresh: () => watch.refresh(),
      renameDevice: (deviceId, name) => call(() => watch.renameDevice(deviceId, name)),
      trustDevice: (deviceId, seconds) => call(() => watch.trustDevice(deviceId, seconds)),
      untrustDevice: (deviceId) => call(() => watch.untrustDevice(deviceId)),
      forgetDevice: (deviceId) => call(() => watch.forgetDevice(deviceId)),
      endDeviceSessions: (deviceId) => call(() => watch.endDeviceSessions(deviceId)),
    },
  }
}
