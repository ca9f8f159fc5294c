import { createHash } from 'node:crypto'

/** Choices that look random and are the same for the same seed. Never for anything secret. */
export interface SeededRandom {
  /** At least 0, below 1. */
  fraction(): number
  /** A whole number from `lowest` to `highest`, both included. */
  integer(lowest: number, highest: number): number
  /** True with that probability. */
  chance(probability: number): boolean
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** An item, each as likely as its weight says. */
  pickWeighted<Item extends { readonly weight: number }>(items: readonly [Item, ...Item[]]): Item
}

/**
 * A stream of its own for each text: `1/user/7` and `1/user/8` have nothing to do with each other, so that a
 * user's history does not change when others are added. The numbers are sfc32, seeded by SHA-256.
 */
export function seededRandom(seed: string): SeededRandom {
  const fraction = smallFastCounter(createHash('sha256').update(seed).digest())
  return {
    fraction,
    integer: (lowest, highest) => lowest + Math.floor(fraction() * (highest - lowest + 1)),
    chance: (probability) => fraction() < probability,
    pick: (items) => items[Math.floor(fraction() * items.length)] ?? items[0],
    pickWeighted(items) {
      let rest = fraction() * items.reduce((sum, item) => sum + item.weight, 0)
      for (const item of items) {
        rest -= item.weight
        if (rest < 0) return item
      }
      return items[0]
    },
  }
}

/** sfc32 by Chris Doty-Humphrey, of the PractRand test suite: 128 bits of state. */
function smallFastCounter(seed: Buffer): () => number {
  let [a, b, c, d] = [seed.readInt32LE(0), seed.readInt32LE(4), seed.readInt32LE(8), 1]
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  for (let round = 0; round < 12; round += 1) next()
  return next
}
