import type {
  DevicesResponse,
  ForgetDeviceResponse,
  RevokeSessionsResponse,
  UserDevice,
} from '../http-api/wire-types.ts'
import type { DeviceCalls } from './device-calls.ts'
import { type DevicesSnapshot, type DevicesWatch, initialDevices } from './devices-watch.ts'
import { LiveList } from './live-list.ts'
import { isDeviceEvent, type UserEvent } from './session-event-stream.ts'
import type { WatchOptions } from './sessions-watch.ts'
import type { EventStream } from './surroundings.ts'

/** `DevicesWatch` over the calls of a `SessionService` and its event stream. */
export class LiveDevicesWatch implements DevicesWatch {
  readonly #calls: DeviceCalls
  readonly #list: LiveList<DevicesSnapshot, DevicesResponse>
  /** Endings under way from this very list. */
  #ownEndings = 0
  /** Known to be forgotten. An answer that was under way may still hold them. */
  readonly #forgottenIds = new Set<string>()

  constructor(calls: DeviceCalls, openStream: (() => EventStream) | null, options: WatchOptions = {}) {
    this.#calls = calls
    const kind = {
      initial: initialDevices,
      ask: (how: object) => calls.getDevices(how),
      accept: (snapshot: DevicesSnapshot, answer: DevicesResponse) =>
        this.#withoutForgotten({ ...snapshot, devices: answer.devices, totalCount: answer.total_count }),
      received: (event: UserEvent) => this.#receive(event),
      forget: () => this.#forgottenIds.clear(),
    }
    this.#list = new LiveList(kind, openStream, options)
  }

  getSnapshot(): DevicesSnapshot {
    return this.#list.getSnapshot()
  }

  subscribe(listener: () => void): () => void {
    return this.#list.subscribe(listener)
  }

  refresh(): Promise<void> {
    return this.#list.refresh('user')
  }

  renameDevice(deviceId: string, name: string | null): Promise<UserDevice> {
    return this.#change(() => this.#calls.renameDevice(deviceId, name))
  }

  trustDevice(deviceId: string, seconds: number): Promise<UserDevice> {
    return this.#change(() => this.#calls.trustDevice(deviceId, seconds))
  }

  untrustDevice(deviceId: string): Promise<UserDevice> {
    return this.#change(() => this.#calls.untrustDevice(deviceId))
  }

  async forgetDevice(deviceId: string): Promise<ForgetDeviceResponse> {
    const answer = await this.#end(() => this.#calls.forgetDevice(deviceId))
    this.#drop(deviceId)
    return answer
  }

  endDeviceSessions(deviceId: string): Promise<RevokeSessionsResponse> {
    return this.#end(() => this.#calls.endDeviceSessions(deviceId))
  }

  close(): void {
    this.#list.close()
  }

  /** The answer takes the place of the device at once. */
  async #change(call: () => Promise<UserDevice>): Promise<UserDevice> {
    const changed = await this.#list.change(call)
    const snapshot = this.getSnapshot()
    if (snapshot.devices.some(({ id }) => id === changed.id)) {
      const devices = snapshot.devices.map((device) => (device.id === changed.id ? changed : device))
      this.#list.set({ ...snapshot, devices })
    }
    void this.#list.refresh('background')
    return changed
  }

  async #end<Answer extends { current: 'revoked' | 'kept' }>(call: () => Promise<Answer>): Promise<Answer> {
    this.#ownEndings += 1
    try {
      const answer = await this.#list.change(call)
      if (answer.current === 'revoked') this.#list.signOut('logout')
      else void this.#list.refresh('background')
      return answer
    } finally {
      this.#ownEndings -= 1
    }
  }

  #receive(event: UserEvent): void {
    if (isDeviceEvent(event)) {
      if (event.type === 'device.forgotten') this.#drop(event.device_id)
      else void this.#list.refresh('background')
    } else if (event.type === 'session.ended' && event.is_current) {
      this.#list.signOut(this.#ownEndings > 0 ? 'logout' : event.reason)
    } else {
      void this.#list.refresh('background')
    }
  }

  #drop(deviceId: string): void {
    if (this.getSnapshot().state === 'signed-out') return
    this.#forgottenIds.add(deviceId)
    this.#list.set(this.#withoutForgotten(this.getSnapshot()))
    void this.#list.refresh('background')
  }

  #withoutForgotten(snapshot: DevicesSnapshot): DevicesSnapshot {
    const devices = snapshot.devices.filter(({ id }) => !this.#forgottenIds.has(id))
    const gone = snapshot.devices.length - devices.length
    return gone === 0 ? snapshot : { ...snapshot, devices, totalCount: snapshot.totalCount - gone }
  }
}
