import { type DemoDeviceModel, demoDeviceModels } from './demo-device.ts'
import { type DemoOwnership, demoOwnership, hostOwnership } from './demo-ownership.ts'
import { type DemoPlace, demoPlaces, homeAddress } from './demo-place.ts'
import { demoAdministrator, demoUser } from './demo-user-id.ts'
import { type SeededRandom, seededRandom } from './seeded-random.ts'

/** One user of the demonstration and their habits. */
export interface DemoPerson {
  readonly index: number
  readonly place: DemoPlace
  readonly homeAddress: string
  readonly devices: readonly DemoDevice[]
  /** How likely they are to pick up a device on a day that is usual for it: 0 to 1. */
  readonly eagerness: number
  /** `stays`: closes the tab; `signs-out`: signs out at the end of most visits. */
  readonly habit: 'stays' | 'signs-out'
  /** Whether they are here at the very end, so that the list has sessions used minutes ago. */
  readonly isOnline: boolean
}

/** One browser, as its owner has it. */
export interface DemoDevice {
  readonly model: DemoDeviceModel
  readonly ownership: DemoOwnership
  /** The days of the story in which it is in use: from the first up to, not including, the second. */
  readonly ownedFrom: number
  readonly ownedUntil: number
}

export function demoPerson(index: number, seed: string, days: number): DemoPerson {
  const random = seededRandom(`${seed}/person/${index}`)
  const owning = seededRandom(`${seed}/owner/${index}`)
  const isHost = index === demoAdministrator || index === demoUser
  const place = isHost ? demoPlaces[0] : random.pickWeighted(demoPlaces)
  return {
    index,
    place,
    homeAddress: homeAddress(place, random),
    devices: isHost ? hostDevices(index, days) : everydayDevices(random, owning, days),
    eagerness: isHost ? 0.95 : random.pick([0.12, 0.3, 0.3, 0.5, 0.5, 0.7, 0.9]),
    habit: !isHost && random.chance(0.08) ? 'signs-out' : 'stays',
    isOnline: isHost || random.chance(0.1),
  }
}

/** Those who show the console to others have something to show: both a full list, the user of every kind. */
function hostDevices(index: number, days: number): readonly DemoDevice[] {
  const wanted = index === demoUser ? [0, 6, 9, 11] : [3, 12]
  return wanted.flatMap((model, position) => {
    const chosen = demoDeviceModels[model]
    const ownership = hostOwnership(index, position, days)
    return chosen ? [{ model: chosen, ownership, ownedFrom: 0, ownedUntil: days + 1 }] : []
  })
}

function everydayDevices(random: SeededRandom, owning: SeededRandom, days: number): readonly DemoDevice[] {
  const count = random.pickWeighted([
    { weight: 24, count: 1 },
    { weight: 42, count: 2 },
    { weight: 24, count: 3 },
    { weight: 10, count: 4 },
  ]).count
  return Array.from({ length: count }, () => {
    const model = random.pickWeighted(demoDeviceModels)
    const [isNew, isGivenAway] = [random.chance(0.2), random.chance(0.2)]
    return {
      model,
      ownership: demoOwnership(owning, model.use, days),
      ownedFrom: isNew ? random.integer(0, Math.floor(days * 0.7)) : 0,
      ownedUntil: isGivenAway ? random.integer(Math.floor(days * 0.3), days) : days + 1,
    }
  })
}
