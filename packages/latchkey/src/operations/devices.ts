import type { Device } from '../model/device.ts'
import { changeDevice, type DeviceChange, type DeviceChangeOptions } from './change-device.ts'
import { endDeviceSessions } from './end-device-sessions.ts'
import { type ForgottenDevice, forgetDevice } from './forget-device.ts'
import type { EndOneOptions } from './invalidate-sessions.ts'
import { type DeviceOptions, getDevice, getDevices } from './list-devices.ts'
import { type FingerprintValues, recordFingerprint } from './record-fingerprint.ts'
import type { Wiring } from './wiring.ts'

/** Everything that can be done with devices: a part of `Sessions`. */
export interface DeviceOperations {
  /** The user's devices, last seen first; at most 200. */
  getDevices(userId: string): Promise<readonly Device[]>
  /** Null where there is none, or it is not `ofUser`'s. */
  getDevice(id: string, options?: DeviceOptions): Promise<Device | null>
  /** Names and trusts it. Null where there is none, or it is not `ofUser`'s. Throws `invalid-argument` naming the field at fault. */
  changeDevice(id: string, change: DeviceChange, options?: DeviceChangeOptions): Promise<Device | null>
  /** Ends the live sessions that were created on it; the device stays on record. How many this call ended; 0 where there is none. */
  endDeviceSessions(id: string, options?: EndOneOptions): Promise<number>
  /**
   * Ends its sessions, for good on every node, then forgets it: the next sign-in in that browser is one on a new
   * device. Null where there is none, or it is not `ofUser`'s.
   */
  forgetDevice(id: string, options?: EndOneOptions): Promise<ForgottenDevice | null>
  /**
   * Keeps keyed hashes of what the browser of a device says of itself; the first time, the user's other devices
   * are compared (`resembles`). Evidence, never identity: nothing is merged, blocked or trusted by it. Null where
   * there is no such device, where `fingerprinting` is `off`, and without the option `secret`. Whether the user
   * has agreed is for the caller to know. Throws `invalid-argument` naming the component at fault.
   */
  recordFingerprint(deviceId: string, components: FingerprintValues): Promise<Device | null>
}

export function deviceOperations(wiring: Wiring): DeviceOperations {
  return {
    getDevices: (userId) => getDevices(wiring, userId),
    getDevice: (id, options) => getDevice(wiring, id, options),
    changeDevice: (id, change, options) => changeDevice(wiring, id, change, options),
    endDeviceSessions: (id, options) => endDeviceSessions(wiring, id, options),
    forgetDevice: (id, options) => forgetDevice(wiring, id, options),
    recordFingerprint: (deviceId, components) => recordFingerprint(wiring, deviceId, components),
  }
}
