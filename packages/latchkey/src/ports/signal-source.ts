import type { DeviceInfo } from '../model/device-info.ts'
import type { RequestFacts } from '../model/request-facts.ts'

/** Learns something about a device from what a request says. It adds facts; it judges nothing. */
export interface SignalSource {
  readonly name: string
  /** What it knows; fields it knows nothing of are left out. Later sources win over earlier ones. Never throws. */
  sense(facts: RequestFacts): Partial<DeviceInfo>
}
