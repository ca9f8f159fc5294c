export { deviceName, type NamedDevice } from './client/device-name.ts'
export { type DeviceWords, englishDeviceWords } from './client/device-words.ts'
export type { DevicesSnapshot, DevicesWatch } from './client/devices-watch.ts'
export type { ListSnapshot } from './client/list-snapshot.ts'
export {
  type FingerprintCalls,
  type Observation,
  type ObservationOptions,
  type ObservationSurroundings,
  observeDevice,
} from './client/observe-device.ts'
export type { PageOptions } from './client/security-activity.ts'
export type { RequestOptions } from './client/session-request.ts'
export { SessionService, type SessionServiceOptions } from './client/session-service.ts'
export { SessionServiceError, type SessionServiceErrorKind } from './client/session-service-error.ts'
export type { SessionsSnapshot } from './client/sessions-snapshot.ts'
export type { SessionsWatch, WatchOptions } from './client/sessions-watch.ts'
export type { EventStream, EventStreamConstructor, Surroundings } from './client/surroundings.ts'
export type * from './http-api/wire-types.ts'
