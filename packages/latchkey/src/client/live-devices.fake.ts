import type {
  DevicesResponse,
  ForgetDeviceResponse,
  RevokeSessionsResponse,
  UserDevice,
} from '../http-api/wire-types.ts'
import type { DeviceCalls } from './device-calls.ts'
import { LiveDevicesWatch } from './live-devices-watch.ts'
import { FakePage, FakeStream, session } from './live-list.fake.ts'
import type { SessionServiceError } from './session-service-error.ts'

export function device(id: string, change: Partial<UserDevice> = {}): UserDevice {
  return {
    id,
    name: null,
    device_info: session('ses_b').device_info,
    engine: null,
    brand: null,
    model: null,
    first_seen: '2026-01-01T00:00:00.000Z',
    last_seen: '2026-01-02T00:00:00.000Z',
    trusted_until: null,
    is_current: id === 'dev_a',
    active_sessions: 1,
    places: [],
    resembles: null,
    ...change,
  }
}

/** A server that answers at once, but to lists only when the test says. */
export class FakeDeviceCalls implements DeviceCalls {
  readonly made: string[] = []
  readonly activities: unknown[] = []
  failure: SessionServiceError | null = null
  current: 'revoked' | 'kept' = 'kept'
  #pending: ((answer: DevicesResponse | SessionServiceError) => void)[] = []

  getDevices(options?: { readonly activity?: unknown }): Promise<DevicesResponse> {
    this.activities.push(options?.activity)
    return new Promise((resolve, reject) => {
      this.#pending.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)))
    })
  }

  async renameDevice(id: string, name: string | null): Promise<UserDevice> {
    this.#note(`rename ${id} ${name}`)
    return device(id, { name })
  }

  async trustDevice(id: string, seconds: number): Promise<UserDevice> {
    this.#note(`trust ${id} ${seconds}`)
    return device(id, { trusted_until: '2026-02-01T00:00:00.000Z' })
  }

  async untrustDevice(id: string): Promise<UserDevice> {
    this.#note(`untrust ${id}`)
    return device(id)
  }

  async forgetDevice(id: string): Promise<ForgetDeviceResponse> {
    this.#note(`forget ${id}`)
    return { message: 'forgotten', forgotten: true, revoked_count: 1, current: this.current }
  }

  async endDeviceSessions(id: string): Promise<RevokeSessionsResponse> {
    this.#note(`end ${id}`)
    return { message: 'ended', revoked_count: 1, current: this.current }
  }

  /** Answers the oldest request for the list. */
  async answer(...devices: readonly UserDevice[]): Promise<void> {
    await this.#settle({ devices: [...devices], total_count: devices.length })
  }

  async fail(error: SessionServiceError): Promise<void> {
    await this.#settle(error)
  }

  get waiting(): number {
    return this.#pending.length
  }

  async #settle(answer: DevicesResponse | SessionServiceError): Promise<void> {
    const settle = this.#pending.shift()
    if (!settle) throw new Error('nothing was asked')
    settle(answer)
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }

  #note(what: string): void {
    if (this.failure) throw this.failure
    this.made.push(what)
  }
}

export interface DevicesSetting {
  readonly calls: FakeDeviceCalls
  readonly stream: FakeStream
  readonly watch: LiveDevicesWatch
  /** The state at each notification. */
  readonly seen: string[]
  readonly ids: () => string[]
}

/** A list of two devices, loaded, with its stream open. */
export async function readyDevices(): Promise<DevicesSetting> {
  const calls = new FakeDeviceCalls()
  const stream = new FakeStream()
  const watch = new LiveDevicesWatch(calls, () => stream, { surroundings: new FakePage() })
  const seen: string[] = []
  watch.subscribe(() => seen.push(watch.getSnapshot().state))
  stream.emit('open')
  await calls.answer(device('dev_a'), device('dev_b'))
  await calls.answer(device('dev_a'), device('dev_b'))
  seen.length = 0
  return { calls, stream, watch, seen, ids: () => watch.getSnapshot().devices.map(({ id }) => id) }
}
