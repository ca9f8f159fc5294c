import type { Measured } from '../interleave.ts'
import { ratio, timesAsQuick } from '../markdown.ts'
import { reported, type Shown } from '../shown.ts'

const plain = 'with an address and a user agent'
const sealed = 'the same, sealed'
const newDevice = 'the same, on a new device'
const newDeviceSealed = 'the same, on a new device, sealed'
const knownDevice = 'the same, on a known device, whose session ends'

interface SignInEntry {
  readonly name: string
  readonly file: string
}

/** Sign-ins as a browser makes them, beside sessions of which only the user is said. */
export function signInEntries(storage: 'postgres' | 'sqlite'): readonly SignInEntry[] {
  return [
    { name: plain, file: `create-${storage}-request.ts` },
    { name: sealed, file: `create-${storage}-sealed.ts` },
    { name: newDevice, file: `create-${storage}-new-device.ts` },
    { name: newDeviceSealed, file: `create-${storage}-new-device-sealed.ts` },
    { name: knownDevice, file: `create-${storage}-known-device.ts` },
  ]
}

/** What a device and what sealing costs. */
export function signInRatios(measured: readonly Measured[], where: string): readonly Shown[] {
  const against = (what: string, one: string, other: string): Shown => {
    const value = timesAsQuick(measured, one, other)
    return reported(`${what}, on ${where}`, value === undefined ? 'not measured' : `${ratio(value)}×`)
  }
  return [
    against('creates on a new device, against creates without one', newDevice, plain),
    against('creates on a known device, against creates without one', knownDevice, plain),
    against('creates that are sealed, against creates that are not', sealed, plain),
  ]
}
