import type { ForgetDeviceResponse, RevokeSessionsResponse, UserDevice } from '../http-api/wire-types.ts'
import type { ListSnapshot } from './list-snapshot.ts'

/** What is known about the user's devices at a moment. The same object until something changes. */
export interface DevicesSnapshot extends ListSnapshot {
  /** Last seen first. */
  readonly devices: readonly UserDevice[]
  readonly totalCount: number
}

export const initialDevices: DevicesSnapshot = {
  state: 'loading',
  devices: [],
  totalCount: 0,
  live: 'off',
  error: null,
  endReason: null,
}

/**
 * The user's devices as a list that keeps itself current, as `SessionsWatch` does for sessions. What is changed
 * from here stands in the list when the promise is fulfilled. Changes reject with `SessionServiceError`; a device
 * that is gone already is one with status 404.
 */
export interface DevicesWatch {
  getSnapshot(): DevicesSnapshot
  /** Told after each change. Returns what ends the subscription. */
  subscribe(listener: () => void): () => void
  /** Asks again now. Calls that meet share a request. Never rejects: a failure stands in the snapshot. */
  refresh(): Promise<void>
  /** 1 to 60 characters; null takes the name away. */
  renameDevice(deviceId: string, name: string | null): Promise<UserDevice>
  /** For that many seconds from now on, at most 400 days. */
  trustDevice(deviceId: string, seconds: number): Promise<UserDevice>
  untrustDevice(deviceId: string): Promise<UserDevice>
  /** Ends its sessions and forgets it. */
  forgetDevice(deviceId: string): Promise<ForgetDeviceResponse>
  /** Ends its sessions; it stays on record. */
  endDeviceSessions(deviceId: string): Promise<RevokeSessionsResponse>
  /** Stops it for good. */
  close(): void
}
