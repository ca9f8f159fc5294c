import type { DeviceInfo } from '../model/device-info.ts'

/**
 * How many values of one kind are known at a time. More: up to 200 B each for what may not come again. Fewer than
 * there are kinds of devices about: sessions keep copies of their own.
 */
export const mostInterned = 4_096

/**
 * Many sessions share few devices and user agents: each is kept once, however often it is read from a storage.
 * When there are too many to know, it begins again; what was handed out stays as good as it was.
 */
export class InternedValues {
  readonly #texts = new Map<string, string>()
  readonly #devices = new Map<string, DeviceInfo>()
  readonly #methods = new Map<string, readonly string[]>()

  text(text: string): string {
    return known(this.#texts, text, () => text)
  }

  device(device: DeviceInfo): DeviceInfo {
    const { type, browser, browserVersion, os, osVersion, location } = device
    const content = JSON.stringify([type, browser, browserVersion, os, osVersion, location])
    // Frozen: what one caller did to it would show in the sessions of others.
    return known(this.#devices, content, () =>
      Object.freeze({ type, browser, browserVersion, os, osVersion, location }),
    )
  }

  /** Authentication methods, as in `amr`. */
  methods(methods: readonly string[]): readonly string[] {
    return known(this.#methods, JSON.stringify(methods), () => Object.freeze([...methods]))
  }

  clear(): void {
    for (const values of [this.#texts, this.#devices, this.#methods]) values.clear()
  }
}

function known<Value>(values: Map<string, Value>, content: string, make: () => Value): Value {
  const present = values.get(content)
  if (present !== undefined) return present
  if (values.size >= mostInterned) values.clear()
  const made = make()
  values.set(content, made)
  return made
}
