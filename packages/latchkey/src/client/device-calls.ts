import type {
  DevicesResponse,
  ForgetDeviceResponse,
  RevokeSessionsResponse,
  UserDevice,
} from '../http-api/wire-types.ts'
import type { RequestOptions } from './session-request.ts'

/** The calls that a live list of devices makes. `SessionService` has them. */
export interface DeviceCalls {
  getDevices(options?: RequestOptions): Promise<DevicesResponse>
  renameDevice(deviceId: string, name: string | null, options?: RequestOptions): Promise<UserDevice>
  trustDevice(deviceId: string, seconds: number, options?: RequestOptions): Promise<UserDevice>
  untrustDevice(deviceId: string, options?: RequestOptions): Promise<UserDevice>
  forgetDevice(deviceId: string, options?: RequestOptions): Promise<ForgetDeviceResponse>
  endDeviceSessions(deviceId: string, options?: RequestOptions): Promise<RevokeSessionsResponse>
}
